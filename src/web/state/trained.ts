import { signal } from "@preact/signals";
import type { TrainedRun } from "../training/run.js";

/** The runs that this page holds, by id, oldest first. They were trained here or fetched from a run store. */
export const trained = signal<ReadonlyMap<string, TrainedRun>>(new Map());

/** The most runs that are held. Older ones are dropped. */
const MOST = 500;

export function keepTrained(run: TrainedRun): void {
  const { id } = run.record;
  const others = [...trained.value].filter(([each]) => each !== id);
  trained.value = new Map([...others.slice(Math.max(0, others.length - MOST + 1)), [id, run]]);
}
