import { batch, computed, effect, signal } from "@preact/signals";
import { DATABASE } from "../kept/database-name.js";
import type { KeptRun, KeptRuns } from "../kept/kept-runs.js";
import type { TrainedRun } from "../training/run.js";
import { type Laboratory, site } from "./site.js";
import { dropTrained, holdEarlier, keepTrained } from "./trained.js";

/** What the browser does with the page's runs. */
export type Keeping =
  | { readonly state: "reading" }
  /** How many runs were damaged when they were read. */
  | { readonly state: "keeps"; readonly dropped: number }
  /** Why, in words that go on with "this browser". */
  | { readonly state: "refuses"; readonly why: string };

export const keeping = signal<Keeping>({ state: "reading" });

/** The runs that were trained in this browser, by id, oldest first: at this visit, and before if the browser has kept them. */
export const ownRuns = signal<ReadonlyMap<string, KeptRun>>(new Map());

/** Whether the runs of earlier visits are there, where there are some. Before, nothing is known to be untrained. */
export const isRecalled = signal(false);

/** Grows where other runs than before are trained, though none was trained now. */
export const recalls = signal(0);

/** Those of them that have the page's engine and images. */
export const ownOfPage = computed((): readonly KeptRun[] => {
  const now = site.value;
  if (now.state !== "ready") return [];
  return [...ownRuns.value.values()].filter((run) => isOfPage(run, now.laboratory));
});

function isOfPage({ record }: TrainedRun, { identity, dataset }: Laboratory): boolean {
  const { engine, dataset: images } = record.config;
  const { version, simd, kernels } = engine;
  const isEngine = version === identity.version && simd === identity.simd && kernels === identity.kernels;
  return isEngine && images.sha256 === dataset.sha256;
}

let opened: Promise<KeptRuns> | undefined;

/** What keeps runs. Its code comes when the first screen is there. */
function keptRuns(): Promise<KeptRuns> {
  opened ??= import("../kept/kept-runs.js").then((module) => new module.KeptRuns());
  // Without a connection it may come later.
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** How long a first screen is waited for, in ms: a page in the background has none. */
const FIRST_SCREEN = 500;

/** Reads what earlier visits have left, when the first screen is there. */
export function recallRuns(): void {
  const screen = new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, FIRST_SCREEN);
  });
  void screen.then(recall);
}

async function recall(): Promise<void> {
  const earlier = await readEarlier();
  // Which of them count as trained here is known with the engine and the images.
  const dispose = effect(() => {
    const now = site.value;
    if (now.state !== "ready") return;
    queueMicrotask(() => {
      dispose();
      if (!isRecalled.peek()) take(earlier, now.laboratory);
    });
  });
}

/** Whether there may be runs of earlier visits. A first visitor need not fetch what reads them. */
async function hasEarlier(): Promise<boolean> {
  const found = await globalThis.indexedDB?.databases?.().catch(() => undefined);
  return found?.some(({ name }) => name === DATABASE) ?? true;
}

async function readEarlier(): Promise<readonly KeptRun[]> {
  try {
    const { runs, dropped } = (await hasEarlier()) ? await (await keptRuns()).read() : { runs: [], dropped: 0 };
    keeping.value = { state: "keeps", dropped };
    return runs;
  } catch (error) {
    refuse(error);
    return [];
  }
}

function take(earlier: readonly KeptRun[], laboratory: Laboratory): void {
  batch(() => {
    ownRuns.value = new Map([...earlier.map((run) => [run.record.id, run] as const), ...ownRuns.peek()]);
    holdEarlier(earlier.filter((run) => isOfPage(run, laboratory)));
    isRecalled.value = true;
    recalls.value++;
  });
}

const refuse = (error: unknown): void => {
  keeping.value = { state: "refuses", why: (error as Error).message };
};

const IDLE = 500;

/** When the page has nothing else to do, and after half a second in any case. */
const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: IDLE });
    else setTimeout(resolve, IDLE);
  });

/** Holds a run that this page has trained, and has the browser keep it. */
export function keepOwn(run: TrainedRun): void {
  keepTrained(run);
  void keep(run);
}

async function keep(run: TrainedRun): Promise<void> {
  const at = Date.now();
  const added = (bytes: number, gone: readonly string[]) => {
    const others = [...ownRuns.peek()].filter(([id]) => id !== run.record.id && !gone.includes(id));
    ownRuns.value = new Map([...others, [run.record.id, { ...run, at, bytes }]]);
  };
  // What the run answers comes first.
  await whenIdle();
  try {
    const { bytes, gone } = await (await keptRuns()).keep(run, at);
    added(bytes, gone);
    if (keeping.peek().state === "refuses") keeping.value = { state: "keeps", dropped: 0 };
  } catch (error) {
    // It stays until the page is closed.
    added(run.weights.size, []);
    refuse(error);
  }
}

/** Forgets runs that were trained in this browser, or all of them: the browser's and the page's. */
export async function forgetOwn(ids: readonly string[] = [...ownRuns.peek().keys()]): Promise<void> {
  const isAll = ids.length === ownRuns.peek().size;
  try {
    await (await keptRuns()).forget(isAll ? undefined : ids);
    if (keeping.peek().state === "keeps") keeping.value = { state: "keeps", dropped: 0 };
  } catch (error) {
    refuse(error);
  }
  batch(() => {
    const gone = new Set(ids);
    ownRuns.value = new Map([...ownRuns.peek()].filter(([id]) => !gone.has(id)));
    dropTrained(gone);
    recalls.value++;
  });
}
