import { computed, signal } from "@preact/signals";
import type { TrainedRun } from "../training/run.js";
import { site } from "./site.js";

/** The runs that this page holds, by id, oldest first. They were trained in this browser or fetched from a run store. */
export const trained = signal<ReadonlyMap<string, TrainedRun>>(new Map());

/** Those that were trained on the page's images; a run store has others too. */
export const trainedOnThese = computed((): readonly TrainedRun[] => {
  const now = site.value;
  if (now.state !== "ready") return [];
  const { sha256 } = now.laboratory.dataset;
  return [...trained.value.values()].filter(({ record }) => record.config.dataset.sha256 === sha256);
});

/** The most runs that are held. Older ones are dropped. */
const MOST = 500;

export function keepTrained(run: TrainedRun): void {
  const { id } = run.record;
  const others = [...trained.value].filter(([each]) => each !== id);
  trained.value = new Map([...others.slice(Math.max(0, others.length - MOST + 1)), [id, run]]);
}

/** Holds runs of earlier visits too, oldest first, before those that came since. */
export function holdEarlier(runs: readonly TrainedRun[]): void {
  const since = trained.peek();
  const earlier = runs.flatMap((run) => (since.has(run.record.id) ? [] : [[run.record.id, run] as const]));
  if (earlier.length > 0) trained.value = new Map([...earlier, ...since].slice(-MOST));
}

export function dropTrained(ids: ReadonlySet<string>): void {
  trained.value = new Map([...trained.peek()].filter(([id]) => !ids.has(id)));
}
