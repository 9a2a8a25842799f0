import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { within } from "../../core/checks.js";
import { InvalidRequest } from "../../core/errors.js";
import type {
  EpochEvent,
  FinishedRun,
  ImageSets,
  Job,
  KernelModule,
  MeasurableRun,
  MeasureOptions,
  PairMeasures,
  PairsToMeasure,
  RunEvaluation,
} from "../../core/index.js";
import { WORKERS } from "../../core/limits.js";
import { type PassedSets, passSets } from "./passed-images.js";
import type { RunPlan } from "./plan-runs.js";

/** What any task needs. The images lie in shared memory, the kernels are compiled already. */
interface Given {
  readonly images: ImageSets;
  readonly kernels: KernelModule;
}

/** To train a network. */
export interface Task extends Given {
  readonly job: Job;
  /** The state at which an earlier attempt stopped. */
  readonly checkpoint?: Uint8Array;
  readonly startingWeights?: Uint8Array;
  /** Training time between two checkpoints, at least; 0 for one after each epoch. */
  readonly checkpointSeconds: number;
  /** The threads that train it together: the first of them answers. */
  readonly group?: GroupPlace;
}

/** The place of a thread in a group, and the memory that the group shares. */
export interface GroupPlace {
  readonly rank: number;
  readonly size: number;
  readonly memory: SharedArrayBuffer;
}

/** To measure a trained network on all pairs of the test images. */
export interface MeasuringTask extends Given {
  readonly run: FinishedRun;
}

/** To measure all that a trained network's answers are worth. */
export interface AnswersTask {
  readonly run: MeasurableRun & { readonly record: Job };
  readonly toMeasure: PairsToMeasure;
  readonly options: MeasureOptions;
  readonly kernels: KernelModule;
}

/** To see that there is memory for what is to be trained. */
export interface SizingTask {
  readonly plan: RunPlan;
  readonly kernels: KernelModule;
}

/** A task as a thread gets it. */
export type Passed<Each> = Each extends { readonly images: unknown }
  ? Omit<Each, "images"> & { readonly images: PassedSets }
  : Each;

export type AnyTask = Task | MeasuringTask | AnswersTask | SizingTask;

/** What a thread that trains says: each epoch, now and then a checkpoint, then the run; or why it cannot use the checkpoint. */
export type Answer =
  | { readonly epoch: EpochEvent }
  | { readonly checkpoint: Uint8Array<ArrayBuffer> }
  | { readonly finished: FinishedRun }
  | { readonly refused: string };

/** What a thread that measures says. */
export interface Measurement {
  readonly measured: RunEvaluation;
}

/** What a thread says that has helped to train a run to its end. */
export interface Helped {
  readonly helped: true;
  /** Its processor time, if it is known. */
  readonly processorSeconds?: number;
}

/** What a thread says that has measured answers. */
export interface AnswersMeasured {
  readonly measures: PairMeasures;
}

/** What a thread says if there is enough memory. */
export interface Sized {
  readonly fits: true;
}

/** What any thread says if a task cannot be carried out. */
export interface Refusal {
  readonly invalid: string;
}

/** Why threads ended unexpectedly. */
const failures = new WeakMap<Worker, string>();

/** Starts threads that train and measure. They take a tenth of a second to get ready. @throws InvalidRequest if `count` is out of range */
export function startThreads(count: number): Worker[] {
  within(WORKERS)(count, "threads");
  return Array.from({ length: count }, () => {
    const thread = new Worker(new URL("./worker.js", import.meta.url));
    // A thread may fail before anything listens.
    thread.on("error", (error) => failures.set(thread, firstLine(error)));
    // A thread without work does not keep the process alive.
    thread.unref();
    return thread;
  });
}

/**
 * Makes a thread train.
 *
 * @returns the run, or why the task's checkpoint cannot be used
 * @throws InvalidRequest if the run cannot be trained as it is asked for
 * @throws Error with one line when the thread fails, or the signal's reason when it is aborted; stopping the thread is
 *   up to the caller
 */
export async function carryOut(
  thread: Worker,
  task: Task,
  signal: AbortSignal,
  onProgress: (answer: Extract<Answer, { epoch: unknown } | { checkpoint: unknown }>) => void,
): Promise<FinishedRun | { readonly refused: string }> {
  for await (const answer of answersTo<Answer>(thread, task, task.job, signal)) {
    if ("finished" in answer) return answer.finished;
    if ("refused" in answer) return answer;
    onProgress(answer);
  }
  throw failure(thread, task.job);
}

/** Makes a thread help to train, until the run is done. @throws as `carryOut` */
export async function help(thread: Worker, task: Task, signal: AbortSignal): Promise<Helped> {
  for await (const helped of answersTo<Helped>(thread, task, task.job, signal)) return helped;
  throw failure(thread, task.job);
}

/** Makes a thread measure a trained network. @throws as `carryOut` */
export async function measure(thread: Worker, task: MeasuringTask, signal: AbortSignal): Promise<RunEvaluation> {
  const { record } = task.run;
  for await (const { measured } of answersTo<Measurement>(thread, task, record, signal)) return measured;
  throw failure(thread, record);
}

/** Has a thread measure what a trained network's answers are worth. @throws as `carryOut` */
export async function measureAnswers(thread: Worker, task: AnswersTask, signal: AbortSignal): Promise<PairMeasures> {
  const { record } = task.run;
  for await (const { measures } of answersTo<AnswersMeasured>(thread, task, record, signal)) return measures;
  throw failure(thread, record);
}

/** Makes a thread check that there is memory for the training. @throws as `carryOut` */
export async function size(thread: Worker, task: SizingTask, signal: AbortSignal): Promise<void> {
  const [run] = task.plan.planned;
  if (!run) return;
  for await (const _ of answersTo<Sized>(thread, task, run, signal)) return;
  throw failure(thread, run);
}

/** What a thread answers to a task, until no one listens or it ends. @throws InvalidRequest if it refuses the task */
async function* answersTo<Said extends object>(
  thread: Worker,
  task: AnyTask,
  run: NamedRun,
  signal: AbortSignal,
): AsyncGenerator<Said> {
  if (thread.threadId === ENDED) throw failure(thread, run);
  const answers = on(thread, "message", { signal, close: ["exit"] }) as AsyncIterable<[Said | Refusal]>;
  thread.ref();
  try {
    thread.postMessage(passed(task));
    for await (const [answer] of answers) {
      if ("invalid" in answer) throw new InvalidRequest(answer.invalid);
      yield answer;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InvalidRequest) throw error;
    failures.set(thread, firstLine(error));
  } finally {
    thread.unref();
  }
}

function passed(task: AnyTask): Passed<AnyTask> {
  if (!("images" in task)) return task;
  return { ...task, images: passSets(task.images) };
}

/** The id of a thread that has ended. */
const ENDED = -1;

/** `id` and `seed` if it is one run. */
type NamedRun = Pick<Job, "architecture"> & Partial<Pick<Job, "id" | "seed">>;

function failure(thread: Worker, { id, architecture, seed }: NamedRun): Error {
  const why = failures.get(thread) ?? "it ended before its run";
  const which = id === undefined ? `runs of ${architecture}` : `run ${id} (${architecture}, seed ${seed})`;
  return new Error(`the thread of ${which} failed: ${why}`);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] as string;
