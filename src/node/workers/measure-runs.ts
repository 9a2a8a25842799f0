import { InvalidRequest } from "../../core/errors.js";
import type { MeasuredRun } from "../../core/experiments/shared/all-test-pairs.js";
import { allTestPairs, type RunEvaluation } from "../../core/inspection/evaluate-run.js";
import type { RunRecord } from "../../core/training/run.js";
import { fromPlace, OWN_PLACE } from "./place.js";
import { type RunJobsOptions, runJobs } from "./run-jobs.js";
import { serveAll } from "./serve.js";
import { measure } from "./threads.js";

/** Progress of measuring networks. */
export interface MeasuringEvent {
  readonly done: number;
  readonly networks: number;
  /** Pairs on which each is measured. */
  readonly pairs: number;
}

/** Options of `measureRuns`. */
export interface MeasureRunsOptions extends Omit<RunJobsOptions, "onEvent" | "checkpointSeconds"> {
  /** Called before the first network and after each; not at all if the store has every measurement. */
  readonly onProgress: (event: MeasuringEvent) => void;
  /** Called where a run's weights are damaged, and as it is trained again. */
  readonly onEvent?: RunJobsOptions["onEvent"];
  /** From 0 to 1: where in the list this process begins. */
  readonly place?: number;
}

/**
 * Measures the networks of a store's finished runs on all disjoint pairs of the test images, one to a worker thread at a time, and
 * keeps the results in the store. Networks whose verdicts on single pairs or whose calibration an earlier version did not keep are measured again. Processes that share it begin at different places and leave out what another has measured
 * meanwhile, so that few networks are measured twice. Runs that were evaluated on validation pairs, and
 * those that diverged, are not measured. A run whose weights are damaged is moved away and trained again.
 *
 * @returns the records with their measurements, in their order
 * @throws the signal's reason when it is aborted; InvalidRequest where a run is not in the store any more
 */
export async function measureRuns(records: readonly RunRecord[], options: MeasureRunsOptions): Promise<MeasuredRun[]> {
  const { dataset, kernels, store, threads, signal: aborted, onProgress, onEvent = () => {} } = options;
  const evaluations = new Map<string, RunEvaluation>();
  const missing: RunRecord[] = [];
  for (const record of new Map(records.map((each) => [each.id, each])).values()) {
    aborted.throwIfAborted();
    if (record.config.evaluateOn !== "test" || record.diverged) continue;
    const kept = await store.evaluation(record, allTestPairs(record, dataset));
    if (isWhole(kept)) evaluations.set(record.id, kept);
    else missing.push(record);
  }
  const waiting = fromPlace(missing, options.place ?? OWN_PLACE);
  const networks = waiting.length;
  const pairs = waiting[0] ? allTestPairs(waiting[0], dataset) : 0;
  let done = 0;
  if (networks > 0) onProgress({ done, networks, pairs });
  const damaged: { readonly record: RunRecord; readonly damage: string }[] = [];
  const measureAll = () =>
    serveAll(threads, aborted, (signal) => async (thread) => {
      for (let record = waiting.shift(); record; record = waiting.shift()) {
        const meanwhile = await store.evaluation(record, allTestPairs(record, dataset));
        if (isWhole(meanwhile)) {
          evaluations.set(record.id, meanwhile);
          onProgress({ done: ++done, networks, pairs });
          continue;
        }
        const run = await store.find(record.id);
        // Another process may have moved a damaged one away, and train it.
        if (!run || "damage" in run) {
          damaged.push({ record, damage: run?.damage ?? `run ${record.id} is no longer in ${store.folder}` });
          continue;
        }
        const evaluation = await measure(thread, { run, images: dataset, kernels }, signal);
        await store.saveEvaluation(record, evaluation);
        evaluations.set(record.id, evaluation);
        onProgress({ done: ++done, networks, pairs });
      }
    });
  await measureAll();
  if (damaged.length > 0) {
    const jobs = damaged
      .splice(0)
      .map(({ record: { id, architecture, seed, config } }) => ({ id, architecture, seed, config }));
    waiting.push(...(await runJobs(jobs, { ...options, checkWeights: true, onEvent })));
    await measureAll();
    if (damaged[0]) throw new InvalidRequest(`${damaged[0].damage}: train it again`);
  }
  return records.map((record) => {
    const evaluation = evaluations.get(record.id);
    return evaluation ? { ...record, allTestPairs: evaluation } : record;
  });
}

/** Whether a kept measurement has all that is measured today. */
const isWhole = (kept: RunEvaluation | undefined): kept is RunEvaluation =>
  kept?.wrong !== undefined && kept.calibration !== undefined;
