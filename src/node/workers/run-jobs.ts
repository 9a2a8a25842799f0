import { Piscina } from "piscina";
import type { EpochEvent, FinishedRun, Job, RunRecord } from "../../core/index.js";
import type { Dataset } from "../data/dataset.js";
import type { RunStore } from "../runs/store.js";
import type { ProgressMessage, WorkerSetup } from "./worker.js";

/** What happens while jobs run. */
export type JobEvent =
  | { readonly kind: "epoch"; readonly job: Job; readonly epoch: EpochEvent }
  /** Trained now, or found in the store. */
  | { readonly kind: "done"; readonly job: Job; readonly record: RunRecord; readonly kept: boolean }
  /** A stored run cannot be used and is trained again. */
  | { readonly kind: "damaged"; readonly job: Job; readonly damage: string };

export interface RunJobsOptions {
  readonly dataset: Dataset;
  readonly store: RunStore;
  /** Worker threads. */
  readonly workers: number;
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
  const { dataset, store, workers, signal, onEvent } = options;
  const records = new Map<string, RunRecord>();
  const missing: Job[] = [];
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
  if (missing.length > 0) {
    const threads = Math.min(workers, missing.length);
    const pool = startPool(dataset, threads);
    pool.on("message", ({ jobId, ...epoch }: ProgressMessage) => {
      const job = missing.find(({ id }) => id === jobId);
      if (job) onEvent({ kind: "epoch", job, epoch });
    });
    try {
      // The pool is given a job when a thread is free: its own queue would change the order.
      const queue = missing.values();
      const serve = async () => {
        for (const job of queue) {
          const run = await pool.run(job, { signal });
          await store.save(run);
          records.set(job.id, run.record);
          onEvent({ kind: "done", job, record: run.record, kept: false });
        }
      };
      await Promise.all(Array.from({ length: threads }, serve));
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      await pool.destroy();
    }
  }
  return jobs.map(({ id }) => records.get(id) as RunRecord);
}

function startPool(dataset: Dataset, threads: number): Piscina<Job, FinishedRun> {
  const { train, test } = dataset;
  return new Piscina<Job, FinishedRun>({
    filename: new URL("./worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: { train, test } satisfies WorkerSetup,
  });
}
