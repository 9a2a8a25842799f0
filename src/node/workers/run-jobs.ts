import { anything, listOf, method, optional, partly, refuse, text, within } from "../../core/checks.js";
import { InvalidRequest } from "../../core/errors.js";
import type { Job, RunRecord } from "../../core/index.js";
import { startingTensors } from "../../core/training/given-weights.js";
import { checkJob } from "../../core/training/job.js";
import { abortable } from "../abortable.js";
import { isPackaged, trainedImagesOf } from "../data/trained-images.js";
import type { DamagedRun } from "../runs/inspect.js";
import type { RunStore } from "../runs/store.js";
import { type ThreadTrainerOptions, threadTrainer } from "./thread-trainer.js";
import type { JobEvent, Trainer } from "./trainer.js";

/** Options of `runJobs`. */
export interface RunJobsOptions extends ThreadTrainerOptions {
  readonly store: RunStore;
  /** Aborting it stops all work; finished runs and checkpoints stay in the store. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  /** What trains the runs in place of `threads`, which may then be empty. The caller closes it. */
  readonly trainer?: Trainer;
  /** Of all jobs that start from given weights: what `startFrom` made with them. */
  readonly startingWeights?: Uint8Array;
  /**
   * Whether every byte of the weights of runs that the store has is checked. Default: no. Then two small files of each are read,
   * and its weights only when something uses them.
   */
  readonly checkWeights?: boolean;
}

/** A run that was asked for within this time, in milliseconds, is not marked as asked for again, unless it is the last of many. */
const RECENT_MS = 3_600_000;

const OPTIONS = partly({
  dataset: partly({ train: partly({}), test: partly({}), identity: partly({ sha256: text }) }),
  kernels: partly({}),
  store: partly({ folder: text }),
  signal: partly({ throwIfAborted: method }),
  onEvent: method,
  checkpointSeconds: optional(within({ least: 0, most: 1_000_000 })),
  trainer: optional(partly({ ready: method, train: method })),
});

function checkThreads({ threads, trainer }: RunJobsOptions): void {
  listOf(anything)(threads, "threads");
  if (threads.length === 0 && !trainer) refuse("threads", "one or more, from startThreads", threads);
}

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
  checkThreads(options);
  checkDataset(jobs, options.dataset);
  for (const job of jobs) if (job.config.startingWeights) startingTensors(job, options.startingWeights);
  const { store, signal, onEvent, startingWeights, trainer = threadTrainer(options) } = options;
  const records = new Map<string, RunRecord>();
  const note = noteImages(options);
  const unique = [...new Map(jobs.map((job) => [job.id, job])).values()];
  const last = unique.at(-1);
  const done = async (job: Job, record: RunRecord, kept: boolean, host?: string) => {
    if (kept) await store.touch(job.id, job === last ? 0 : RECENT_MS);
    await note(record);
    records.set(job.id, record);
    onEvent({ kind: "done", job, record, kept, ...(host !== undefined && { host }) });
  };
  const missing: Job[] = [];
  for (const job of unique) {
    signal.throwIfAborted();
    const found = await look(job, options);
    if (found && !("damage" in found)) await done(job, found, true);
    else missing.push(job);
  }
  if (missing.length > 0) await abortable(trainer.ready(), signal);
  // A store that has all of them may be read-only.
  await (missing.length > 0 ? store.checkWritable() : store.clean());
  if (missing.length > 0)
    await trainer.train(missing, {
      store,
      signal,
      onEvent,
      ...(startingWeights && { startingWeights }),
      look: (job) => look(job, options),
      found: (job, record) => done(job, record, true),
      keep: async (job, run, host) => done(job, await store.save(run), false, host),
    });
  return jobs.map(({ id }) => records.get(id) as RunRecord);
}
/** The run's record if the store has it, or what is wrong with it. */
async function look({ id }: Job, { store, checkWeights }: RunJobsOptions): Promise<RunRecord | DamagedRun | undefined> {
  if (!checkWeights) return store.record(id);
  const found = await store.find(id);
  return found && "record" in found ? found.record : found;
}

/** Keeps which images a run trained on, for `evaluate` on other data; of runs that the store has, too, where all pixels are there. */
function noteImages({ dataset, store, checkWeights = false }: RunJobsOptions): (record: RunRecord) => Promise<void> {
  const { pixels, held } = dataset.train;
  // Who asks for finished runs alone need not have read the pixels.
  if (isPackaged(dataset.identity) || held || !pixels?.length) return async () => {};
  const trainedOn = trainedImagesOf(dataset);
  return async (record) => {
    if (await store.lacksTrainedImages(record, checkWeights)) await store.saveTrainedImages(record, trainedOn(record));
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
