import type { Worker } from "node:worker_threads";
import type { EpochEvent, Job, KernelModule, RunRecord } from "../../core/index.js";
import type { Dataset } from "../data/dataset.js";
import type { RunStore } from "../runs/store.js";
import { carryOut } from "./threads.js";

/** What happens while jobs run. */
export type JobEvent =
  | { readonly kind: "epoch"; readonly job: Job; readonly epoch: EpochEvent }
  /** Trained now, or found in the store. */
  | { readonly kind: "done"; readonly job: Job; readonly record: RunRecord; readonly kept: boolean }
  /** A stored run cannot be used and is trained again. */
  | { readonly kind: "damaged"; readonly job: Job; readonly damage: string };

export interface RunJobsOptions {
  readonly dataset: Pick<Dataset, "train" | "test">;
  readonly kernels: KernelModule;
  readonly store: RunStore;
  /** From `startThreads`. Stopping them, also when this fails, is up to the caller. */
  readonly threads: readonly Worker[];
  /** Aborting it stops all training; runs that have finished stay in the store. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
}

/**
 * Carries out jobs, one to a worker thread at a time, and keeps every finished run in the store. Runs that the store has
 * are not trained again.
 *
 * @returns the records in the order of the jobs
 * @throws the signal's reason when it is aborted
 */
export async function runJobs(jobs: readonly Job[], options: RunJobsOptions): Promise<RunRecord[]> {
  const { store, threads, signal, onEvent } = options;
  const records = new Map<string, RunRecord>();
  const missing: Job[] = [];
  try {
    for (const job of jobs) {
      signal.throwIfAborted();
      const found = await store.find(job.id);
      if (found && "record" in found) {
        await store.touch(job.id);
        records.set(job.id, found.record);
        onEvent({ kind: "done", job, record: found.record, kept: true });
        continue;
      }
      if (found) onEvent({ kind: "damaged", job, damage: found.damage });
      missing.push(job);
    }
    const queue = missing.values();
    await Promise.all(threads.map((thread) => serve(thread, queue, options, records)));
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
  return jobs.map(({ id }) => records.get(id) as RunRecord);
}

/** Has one thread carry out jobs until there are no more. */
async function serve(
  thread: Worker,
  queue: Iterable<Job>,
  { dataset: { train, test }, kernels, store, signal, onEvent }: RunJobsOptions,
  records: Map<string, RunRecord>,
): Promise<void> {
  for (const job of queue) {
    const task = { job, images: { train, test }, kernels };
    const run = await carryOut(thread, task, signal, (epoch) => onEvent({ kind: "epoch", job, epoch }));
    await store.save(run);
    records.set(job.id, run.record);
    onEvent({ kind: "done", job, record: run.record, kept: false });
  }
}
