import { InvalidRequest } from "../../core/errors.js";
import type { MeasuredRun } from "../../core/experiments/shared/all-test-pairs.js";
import { allTestPairs, type RunEvaluation } from "../../core/training/evaluate.js";
import type { FinishedRun, RunRecord } from "../../core/training/run.js";
import type { RunStore } from "../runs/store.js";
import type { RunJobsOptions } from "./run-jobs.js";
import { serveAll } from "./serve.js";
import { measure } from "./threads.js";

/** Networks that are being measured: how far it has come. */
export interface MeasuringEvent {
  readonly done: number;
  readonly networks: number;
  /** On which each is measured. */
  readonly pairs: number;
}

/** What `measureRuns` works with. */
export interface MeasureRunsOptions extends Omit<RunJobsOptions, "onEvent" | "checkpointSeconds"> {
  /** Called before the first network and after each; not at all where the store has every measurement. */
  readonly onProgress: (event: MeasuringEvent) => void;
}

/**
 * Measures the networks of a store's finished runs on all disjoint pairs of the test images, one to a worker thread at a time, and
 * keeps in the store what comes of it: the same is not measured twice. Runs that were evaluated on validation pairs, and
 * those that diverged, are not measured.
 *
 * @returns the records with their measurements, in their order
 * @throws the signal's reason when it is aborted; InvalidRequest where a run is not in the store any more
 */
export async function measureRuns(
  records: readonly RunRecord[],
  { dataset, kernels, store, threads, signal: aborted, onProgress }: MeasureRunsOptions,
): Promise<MeasuredRun[]> {
  const evaluations = new Map<string, RunEvaluation>();
  const waiting: RunRecord[] = [];
  for (const record of new Map(records.map((each) => [each.id, each])).values()) {
    aborted.throwIfAborted();
    if (record.config.evaluateOn !== "test" || record.diverged) continue;
    const kept = await store.evaluation(record, allTestPairs(record, dataset));
    if (kept) evaluations.set(record.id, kept);
    else waiting.push(record);
  }
  const networks = waiting.length;
  const pairs = waiting[0] ? allTestPairs(waiting[0], dataset) : 0;
  let done = 0;
  if (networks > 0) onProgress({ done, networks, pairs });
  await serveAll(threads, aborted, (signal) => async (thread) => {
    for (let record = waiting.shift(); record; record = waiting.shift()) {
      const evaluation = await measure(thread, { run: await find(store, record.id), images: dataset, kernels }, signal);
      await store.saveEvaluation(record, evaluation);
      evaluations.set(record.id, evaluation);
      onProgress({ done: ++done, networks, pairs });
    }
  });
  return records.map((record) => {
    const evaluation = evaluations.get(record.id);
    return evaluation ? { ...record, allTestPairs: evaluation } : record;
  });
}

async function find(store: RunStore, id: string): Promise<FinishedRun> {
  const run = await store.find(id);
  if (run && "record" in run) return run;
  throw new InvalidRequest(`${run ? run.damage : `run ${id} is no longer in ${store.folder}`}: train it again`);
}
