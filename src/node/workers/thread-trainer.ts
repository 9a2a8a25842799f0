import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { FinishedRun, Job, KernelModule } from "../../core/index.js";
import type { Dataset } from "../data/dataset.js";
import { CheckpointWriter } from "./checkpoints.js";
import { JobQueue } from "./queue.js";
import { serveAll } from "./serve.js";
import { setAside, type Trainer, type Work } from "./trainer.js";
import { type Place, withHelp } from "./with-help.js";

/**
 * The training time that may be lost when a process is killed: little, since a new one takes a second to start. A checkpoint takes
 * a thread 4–20 ms, a fifth to a half of a percent for most networks; the thread waits longer if it would be more.
 */
const CHECKPOINT_SECONDS = 2;

/** What trains in threads of this process. */
export interface ThreadTrainerOptions {
  readonly dataset: Dataset;
  readonly kernels: KernelModule;
  /** From `startThreads`. The caller stops them. */
  readonly threads: readonly Worker[];
  /** Training time between a run's checkpoints, at least; 0 for one after each epoch. Default 2. */
  readonly checkpointSeconds?: number;
  /**
   * The most threads that work at once; default as many as `threads`. Where fewer runs than that are left, a run whose network gains
   * from it is trained by several, to the same bits.
   */
  readonly cores?: number;
}

/**
 * Trains one run to a thread at a time, each under its claim in the store: runs that it has begun are continued, and those that
 * another process trains are waited for.
 */
export const threadTrainer = (options: ThreadTrainerOptions): Trainer => ({
  async ready() {},
  train: (jobs, work) =>
    serveAll(options.threads, work.signal, (signal) => {
      const own = { ...work, signal };
      const queue = new JobQueue(jobs, {
        async take(job) {
          const found = await own.look(job);
          return found && !("damage" in found) ? { record: found } : own.store.claim(job.id, job);
        },
        claimed: () => own.store.claimed(),
        signal,
        onWait: (job, holder) => own.onEvent({ kind: "waiting", job, holder }),
      });
      let busy = 0;
      return async (thread) => {
        for (let next = await queue.next(); next; next = await queue.next()) {
          const { job } = next;
          if ("record" in next) {
            await own.found(job, next.record);
            continue;
          }
          busy++;
          const cores = options.cores ?? options.threads.length;
          try {
            const runs = Math.min(cores, busy + queue.left);
            await trainClaimed(job, [thread, { runs, cores: Math.floor(cores / runs) }], options, own);
          } finally {
            busy--;
            await next.claim.release();
          }
        }
      };
    }),
  async close() {},
});

/** A thread, and what there is for its run. */
type Crew = readonly [thread: Worker, place: Place];

/** Trains a claimed job, unless the store has the run by now. */
async function trainClaimed(job: Job, crew: Crew, options: ThreadTrainerOptions, work: Work): Promise<void> {
  const { store } = work;
  // Another process may have finished it before it was claimed.
  const found = await work.look(job);
  if (found && !("damage" in found)) return work.found(job, found);
  if (found) await setAside(job, found.damage, work);
  await store.checkRunWritable(job.id);
  const checkpoint = await store.checkpoint(job.id);
  let run = await train(job, crew, options, work, checkpoint);
  if ("refused" in run) {
    await setAside(job, `${join(store.folder, job.id)}: ${run.refused}`, work);
    run = await train(job, crew, options, work, undefined);
  }
  if ("refused" in run) throw new Error(run.refused);
  await work.keep(job, run);
}

async function train(
  job: Job,
  [thread, place]: Crew,
  { dataset, kernels, checkpointSeconds = CHECKPOINT_SECONDS }: ThreadTrainerOptions,
  { store, signal, onEvent, startingWeights }: Work,
  checkpoint: Uint8Array | undefined,
): Promise<FinishedRun | { readonly refused: string }> {
  const task = {
    job,
    images: dataset,
    kernels,
    checkpointSeconds,
    ...(checkpoint && { checkpoint }),
    ...(job.config.startingWeights && startingWeights && { startingWeights }),
  };
  const unwritable = new AbortController();
  const checkpoints = new CheckpointWriter(
    (bytes) => store.saveCheckpoint(job.id, bytes),
    () => unwritable.abort(),
  );
  try {
    return await withHelp(thread, task, place, AbortSignal.any([signal, unwritable.signal]), (answer) => {
      if ("epoch" in answer) onEvent({ kind: "epoch", job, epoch: answer.epoch });
      else checkpoints.add(answer.checkpoint);
    });
  } finally {
    // Before the run's own files are written, and before its claim is released.
    await checkpoints.end();
  }
}
