import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { anything, listOf, method, optional, partly, refuse, text, within } from "../../core/checks.js";
import { InvalidRequest } from "../../core/errors.js";
import type { EpochEvent, FinishedRun, Job, KernelModule, RunRecord } from "../../core/index.js";
import { startingTensors } from "../../core/training/given-weights.js";
import { checkJob } from "../../core/training/job.js";
import type { Dataset } from "../data/dataset.js";
import { isPackaged, trainedImagesOf } from "../data/trained-images.js";
import type { Holder } from "../runs/claims.js";
import type { RunStore } from "../runs/store.js";
import { CheckpointWriter } from "./checkpoints.js";
import { JobQueue } from "./queue.js";
import { serveAll } from "./serve.js";
import { carryOut } from "./threads.js";

/** What happens while jobs run. */
export type JobEvent =
  | { readonly kind: "epoch"; readonly job: Job; readonly epoch: EpochEvent }
  /** Trained now, or found in the store. */
  | { readonly kind: "done"; readonly job: Job; readonly record: RunRecord; readonly kept: boolean }
  /** A stored run or checkpoint cannot be used: it was moved away, and the run is trained from the beginning. */
  | { readonly kind: "damaged"; readonly job: Job; readonly damage: string }
  /** Another process trains the run, and no other run is left to start. */
  | { readonly kind: "waiting"; readonly job: Job; readonly holder: Holder };

/** Options of `runJobs`. */
export interface RunJobsOptions {
  readonly dataset: Dataset;
  readonly kernels: KernelModule;
  readonly store: RunStore;
  /** From `startThreads`. The caller stops them, at the end and when this fails or is aborted. */
  readonly threads: readonly Worker[];
  /** Aborting it stops all work; finished runs and checkpoints stay in the store. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  /** Training time between a run's checkpoints, at least; 0 for one after each epoch. Default 2. */
  readonly checkpointSeconds?: number;
  /** Of all jobs that start from given weights: what `startFrom` made with them. */
  readonly startingWeights?: Uint8Array;
}

/**
 * The training time that may be lost when a process is killed: little, since a new one takes a second to start. A checkpoint takes
 * a thread 4–20 ms, a fifth to a half of a percent for most networks; the thread waits longer if it would be more.
 */
const CHECKPOINT_SECONDS = 2;

const OPTIONS = partly({
  dataset: partly({ train: partly({}), test: partly({}), identity: partly({ sha256: text }) }),
  kernels: partly({}),
  store: partly({ folder: text }),
  signal: partly({ throwIfAborted: method }),
  onEvent: method,
  checkpointSeconds: optional(within({ least: 0, most: 1_000_000 })),
  threads: (value, what) => {
    listOf(anything)(value, what);
    if ((value as readonly unknown[]).length === 0) refuse(what, "one or more, from startThreads", value);
  },
});

/**
 * Carries out jobs, one to a worker thread at a time, and keeps every finished run in the store. Runs that the store has
 * are not trained again, those that it has begun are continued, and those that another process trains are waited for.
 *
 * @returns the records in the order of the jobs
 * @throws the signal's reason when it is aborted; InvalidRequest, before anything is trained, where runs cannot be kept, a job was
 *   changed, an option is missing, the starting weights are not a job's, or the images are not the jobs'
 */
export async function runJobs(jobs: readonly Job[], options: RunJobsOptions): Promise<RunRecord[]> {
  listOf(anything)(jobs, "jobs");
  for (const job of jobs) checkJob(job);
  OPTIONS(options, "");
  checkDataset(jobs, options.dataset);
  for (const job of jobs) if (job.config.startingWeights) startingTensors(job, options.startingWeights);
  const { store, threads, onEvent } = options;
  const records = new Map<string, RunRecord>();
  const note = noteImages(options);
  const done = (job: Job, record: RunRecord, kept: boolean) => {
    records.set(job.id, record);
    onEvent({ kind: "done", job, record, kept });
  };
  const unique = [...new Map(jobs.map((job) => [job.id, job])).values()];
  const missing: Job[] = [];
  for (const job of unique) {
    options.signal.throwIfAborted();
    const found = await store.find(job.id);
    if (!found || "damage" in found) {
      missing.push(job);
      continue;
    }
    await store.touch(job.id);
    await note(found.record);
    done(job, found.record, true);
  }
  // A store that has all of them may be read-only.
  await (missing.length > 0 ? store.checkWritable() : store.clean());
  await serveAll(threads, options.signal, (signal) => {
    const queue = new JobQueue(missing, {
      claim: (job) => store.claim(job.id, job),
      signal,
      onWait: (job, holder) => onEvent({ kind: "waiting", job, holder }),
    });
    return async (thread) => {
      for (let next = await queue.next(); next; next = await queue.next()) {
        const { job, claim } = next;
        try {
          const { record, kept } = await keepRun(job, thread, { ...options, signal });
          await note(record);
          done(job, record, kept);
        } finally {
          await claim.release();
        }
      }
    };
  });
  return jobs.map(({ id }) => records.get(id) as RunRecord);
}

/** Keeps which images a run trained on, for `evaluate` on other data; of runs that the store has, too, where all pixels are there. */
function noteImages({ dataset, store }: RunJobsOptions): (record: RunRecord) => Promise<void> {
  const { pixels, held } = dataset.train;
  // Who asks for finished runs alone need not have read the pixels.
  if (isPackaged(dataset.identity) || held || !pixels?.length) return async () => {};
  const trainedOn = trainedImagesOf(dataset);
  return async (record) => {
    if (await store.lacksTrainedImages(record)) await store.saveTrainedImages(record, trainedOn(record));
  };
}

/** A run's id depends on its images: with other images it would be saved under a wrong id. */
function checkDataset(jobs: readonly Job[], { identity }: RunJobsOptions["dataset"]): void {
  for (const { id, config } of jobs)
    if (config.dataset.sha256 !== identity.sha256)
      throw new InvalidRequest(
        `job ${id} is of ${config.dataset.name}, whose files differ in SHA-256 from the images given: give those of the job`,
      );
}

/** Trains a claimed job, unless the store has the run by now. */
async function keepRun(
  job: Job,
  thread: Worker,
  options: RunJobsOptions,
): Promise<{ readonly record: RunRecord; readonly kept: boolean }> {
  const { store, onEvent } = options;
  const setAside = async (damage: string) => {
    const folder = await store.setAside(job.id);
    onEvent({ kind: "damaged", job, damage: `${damage}; moved to ${folder}` });
  };
  const found = await store.find(job.id);
  if (found && "record" in found) {
    await store.touch(job.id);
    return { record: found.record, kept: true };
  }
  if (found) await setAside(found.damage);
  await store.checkRunWritable(job.id);
  const checkpoint = await store.checkpoint(job.id);
  let run = await train(job, thread, options, checkpoint);
  if ("refused" in run) {
    await setAside(`${join(store.folder, job.id)}: ${run.refused}`);
    run = await train(job, thread, options, undefined);
  }
  if ("refused" in run) throw new Error(run.refused);
  return { record: await store.save(run), kept: false };
}

async function train(
  job: Job,
  thread: Worker,
  options: RunJobsOptions,
  checkpoint: Uint8Array | undefined,
): Promise<FinishedRun | { readonly refused: string }> {
  const { dataset, kernels, store, signal, onEvent, checkpointSeconds = CHECKPOINT_SECONDS } = options;
  const startingWeights = job.config.startingWeights && options.startingWeights;
  const task = {
    job,
    images: dataset,
    kernels,
    checkpointSeconds,
    ...(checkpoint && { checkpoint }),
    ...(startingWeights && { startingWeights }),
  };
  const unwritable = new AbortController();
  const checkpoints = new CheckpointWriter(
    (bytes) => store.saveCheckpoint(job.id, bytes),
    () => unwritable.abort(),
  );
  try {
    return await carryOut(thread, task, AbortSignal.any([signal, unwritable.signal]), (answer) => {
      if ("epoch" in answer) onEvent({ kind: "epoch", job, epoch: answer.epoch });
      else checkpoints.add(answer.checkpoint);
    });
  } finally {
    // Before the run's own files are written, and before its claim is released.
    await checkpoints.end();
  }
}
