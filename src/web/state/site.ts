import { batch, computed, signal } from "@preact/signals";
import { relationName } from "../../core/data/relations.js";
import { shapedDataset } from "../../core/experiments/shared/apparatus.js";
import { InvalidRequest, inputOf, type Job, type PairsToMeasure, type ShapedDataset } from "../../core/index.js";
import { isSiteManifest, type SiteFirst, type SiteManifest } from "../../site/site-manifest.js";
import { asksNothing } from "../address/address.js";
import type { AskedPictures, OwnAbout } from "../images/given-pictures.js";
import { whatNeeds } from "../images/needs.js";
import type { PostedPairs } from "../images/posted-pairs.js";
import { DIGITS, type SeenImages, seenOf } from "../images/seen.js";
import type { CountedDataset, Decoding, ImagesMethods, Loading, SeenFiles } from "../images/worker.js";
import type { AskedRuns, Plan } from "../training/plan.js";
import { WorkerClient, WorkerEnded } from "../workers/client.js";
import { completeAddress, readAgain } from "./address.js";
import { type Engine, loadEngine } from "./engine.js";
import { allImages, haveAllCome } from "./needed-images.js";
import { addSiteNetworks } from "./own-networks.js";

export interface Laboratory extends Engine {
  readonly dataset: ShapedDataset;
  /** Enough to say which pairs there are. */
  readonly counted: CountedDataset;
}

export type SiteState =
  | { readonly state: "loading"; readonly loading: Loading }
  | { readonly state: "failed"; readonly message: string }
  /** The engine, and the first pairs or all images. */
  | { readonly state: "ready"; readonly laboratory: Laboratory };

/** What is wrong with the networks of the site's project, or with its question, in one line each. */
export const siteProblems = signal<readonly string[]>([]);

export const site = signal<SiteState>({ state: "loading", loading: { loaded: 0, total: 0 } });

/** The site's manifest, once it is known. */
export const manifest = signal<SiteManifest | undefined>(undefined);

/** What the page says of its images, as far as it is known: most are MNIST's. */
const seenText = computed(() => {
  const now = site.value;
  if (now.state === "ready") return JSON.stringify(seenOf(now.laboratory.dataset));
  if (!manifest.value) return JSON.stringify(DIGITS);
  const { name, images: described } = manifest.value.dataset;
  if (!described) return JSON.stringify(seenOf({ name, sha256: "" }));
  const { sha256, background, listed } = described;
  return JSON.stringify(
    seenOf({ name, sha256, shape: inputOf(described), ...(background && { background }), ...(listed && { listed }) }),
  );
});

/** Somebody's own pictures, where they are the page's images. */
export const ownImages = signal<OwnAbout | undefined>(undefined);

/** The page's images: the site's, or somebody's own. Undefined before they are known. */
export const imagesName = computed(() => ownImages.value?.name ?? manifest.value?.dataset.name);

/** The pairs that the page begins with, while it has only them. */
export const firstPairs = computed((): SiteFirst | undefined =>
  ownImages.value || haveAllCome.value ? undefined : manifest.value?.dataset.first,
);

/** What was asked of the images, as a command for this page's runs says it. */
export const imagesAsked = computed(
  (): readonly string[] => ownImages.value?.options ?? manifest.value?.dataset.images?.options ?? [],
);

/** The command line's default images. */
const MNIST = "MNIST";

/** What a command for this page's runs needs besides, in words: the page knows no path. Empty for the default images. */
export const dataInWords = computed((): string => {
  const name = imagesName.value ?? MNIST;
  return name === MNIST ? "" : `, with --data and the images of ${name}`;
});

/** The same object while it stays the same: fifteen drawings depend on it. */
export const seen = computed((): SeenImages => JSON.parse(seenText.value));

const newClient = () => new WorkerClient<ImagesMethods>("images");
let images = newClient();

let attempts = 0;

/** Loads the engine, and the images that the page begins with. It may be called again after a failure. */
export async function openSite(): Promise<void> {
  const attempt = ++attempts;
  site.value = { state: "loading", loading: { loaded: 0, total: 0 } };
  try {
    if (images.ended) images = newClient();
    const root = document.baseURI;
    const found = await readManifest(root);
    useProject(found);
    manifest.value = found;
    const { dataset } = found;
    const [engine, counted] = await Promise.all([
      loadEngine(),
      images.call("open", { root, dataset }, (loading) => {
        // Progress of an earlier, failed attempt is ignored.
        if (attempt === attempts && site.peek().state === "loading") site.value = { state: "loading", loading };
      }),
    ]);
    use(engine, counted);
  } catch (error) {
    site.value = { state: "failed", message: (error as Error).message };
  }
}

function use({ identity, kernels }: Engine, counted: CountedDataset, own?: OwnAbout): void {
  batch(() => {
    last = undefined;
    haveAllCome.value = false;
    ownImages.value = own;
    site.value = {
      state: "ready",
      laboratory: { identity, kernels, dataset: shapedDataset({ dataset: counted }), counted },
    };
  });
}

/** Makes somebody's own pictures the page's images. @throws Error with one line; then the images stay as they were */
export async function useOwn(asked: AskedPictures, report: (decoding: Decoding) => void): Promise<OwnAbout> {
  const { counted, about } = await images.call("openOwn", asked, report);
  const now = site.peek();
  if (now.state !== "ready") throw new Error("the page is not ready yet");
  use(now.laboratory, counted, about);
  return about;
}

/** Two files as the network of a run sees them. @throws Error with one line */
export const seenFiles = (files: readonly [File, File], { config }: Pick<Job, "config">): Promise<SeenFiles> =>
  images.call("seen", { files, config });

/** Takes the networks of the site's project, and its question where the address asks nothing. */
function useProject({ architectures = [], relation }: SiteManifest): void {
  const problems: string[] = [];
  const attempt = (use: () => void) => {
    try {
      use();
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      problems.push(`site.json: ${error.message}`);
    }
  };
  const isStart = asksNothing(location.hash);
  if (architectures.length > 0) {
    attempt(() => addSiteNetworks(architectures));
    readAgain();
  }
  if (relation !== undefined && isStart)
    attempt(() => completeAddress({ settings: { relation: relationName(relation, "relation") } }));
  siteProblems.value = problems;
}

async function readManifest(root: string): Promise<SiteManifest> {
  const response = await fetch(new URL("site.json", root)).catch(() => {
    throw new Error(`site.json cannot be fetched: there is no connection to ${new URL(root).host}`);
  });
  if (!response.ok) throw new Error(`site.json cannot be fetched: the server answers ${response.status}`);
  const found: unknown = await response.json().catch(() => undefined);
  if (isSiteManifest(found)) return found;
  throw new Error("site.json is not one that this page reads: pairlab serve and npm run build:web make one that is");
}

/** The runs that are asked for, where the pairs have to be counted. */
export const planInWorker = (asked: AskedRuns, { identity }: Laboratory): Promise<Plan> =>
  images.call("plan", { asked, engine: identity });

/** The last pair set. It is kept because the networks of a round are trained one after another on the same pairs. */
let last: { readonly key: string; readonly pairs: Promise<PostedPairs> } | undefined;

/** The pairs of a run, drawn as the command line draws them. */
export function pairsOf({ seed, config }: Pick<Job, "seed" | "config">): Promise<PostedPairs> {
  const { dataset, trainPairs, testPairs, evaluateOn, relation, balance, split, reuse, dataSeed } = config;
  const { sha256 } = dataset;
  const key = JSON.stringify([
    sha256,
    seed,
    trainPairs,
    testPairs,
    evaluateOn,
    relation,
    balance,
    split,
    reuse,
    dataSeed,
  ]);
  if (last?.key === key) return last.pairs;
  const pairs = withImages(
    () => images.call("pairs", { seed, config }),
    (first) => whatNeeds({ seed, config }, first) ?? "The run needs",
  );
  last = { key, pairs };
  pairs.catch((error) => {
    if (last?.pairs === pairs) last = undefined;
    noteEnd(error);
  });
  return pairs;
}

/** The pairs that a run is measured on: all that its test images make, and as many validation pairs. */
export function pairsToMeasureOf({ seed, config }: Pick<Job, "seed" | "config">): Promise<PairsToMeasure> {
  const pairs = withImages(
    () => images.call("pairsToMeasure", { seed, config }),
    () => "Measuring on all test pairs needs",
  );
  pairs.catch(noteEnd);
  return pairs;
}

/** Bytes of all images as they are fetched; undefined before the manifest is known. */
export const imageBytes = computed(() => manifest.value?.dataset.files.reduce((sum, { bytes }) => sum + bytes, 0));

/**
 * What the worker that has the images makes of them. If it lacks some, all are loaded first.
 *
 * @param ask  answers undefined where images are lacking
 * @param whatNeeds  begins the sentence that says why all are loaded
 */
async function withImages<Answer>(
  ask: () => Promise<Answer | undefined>,
  whatNeeds: (first: SiteFirst) => string,
): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const { dataset } = manifest.peek() ?? {};
    if (!dataset?.first) throw new Error("the images are not there yet");
    const place = { root: document.baseURI, dataset };
    await allImages(
      (report) => images.call("openAll", place, report),
      `${whatNeeds(dataset.first)} all of ${dataset.name}`,
    );
  }
}

/** Where the worker that has the images has ended, they have to be loaded again. */
export function noteEnd(error: unknown): void {
  if (error instanceof WorkerEnded) site.value = { state: "failed", message: `The images are gone: ${error.message}` };
}
