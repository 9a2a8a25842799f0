import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { EpochEvent, FinishedRun, Job, KernelModule, LabelledImages } from "../../core/index.js";

/** What a thread is given to do. The images lie in shared memory, the kernels are compiled already. */
export interface Task {
  readonly job: Job;
  readonly images: { readonly train: LabelledImages; readonly test: LabelledImages };
  readonly kernels: KernelModule;
  /** Where an earlier attempt had come to. */
  readonly checkpoint?: Uint8Array;
  /** Training time between two checkpoints, at least; 0 for one after each epoch. */
  readonly checkpointSeconds: number;
}

/** What a thread says: each epoch, now and then a checkpoint, then the run; or why it cannot use the checkpoint. */
export type Answer =
  | { readonly epoch: EpochEvent }
  | { readonly checkpoint: Uint8Array<ArrayBuffer> }
  | { readonly finished: FinishedRun }
  | { readonly refused: string };

/** Why threads have ended that should not have. */
const failures = new WeakMap<Worker, string>();

/** Starts threads that train. They take a tenth of a second to get ready, in which other things can be done. */
export function startThreads(count: number): Worker[] {
  return Array.from({ length: count }, () => {
    const thread = new Worker(new URL("./worker.js", import.meta.url));
    // A thread may fail before anybody listens.
    thread.on("error", (error) => failures.set(thread, firstLine(error)));
    // Without work it keeps no process alive.
    thread.unref();
    return thread;
  });
}

/**
 * Has a thread carry out a task.
 *
 * @returns the run, or why the task's checkpoint cannot be used
 * @throws Error with one line when the thread fails, or an AbortError when the signal is aborted; stopping the thread is
 *   up to the caller
 */
export async function carryOut(
  thread: Worker,
  task: Task,
  signal: AbortSignal,
  onProgress: (answer: Extract<Answer, { epoch: unknown } | { checkpoint: unknown }>) => void,
): Promise<FinishedRun | { readonly refused: string }> {
  if (thread.threadId === ENDED) throw failure(thread, task);
  const answers = on(thread, "message", { signal, close: ["exit"] }) as AsyncIterable<[Answer]>;
  thread.ref();
  try {
    thread.postMessage(task);
    for await (const [answer] of answers) {
      if ("finished" in answer) return answer.finished;
      if ("refused" in answer) return answer;
      onProgress(answer);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    failures.set(thread, firstLine(error));
  } finally {
    thread.unref();
  }
  throw failure(thread, task);
}

/** The id of a thread that is no more. */
const ENDED = -1;

function failure(thread: Worker, { job }: Task): Error {
  const why = failures.get(thread) ?? "it ended before its run";
  return new Error(`the thread of run ${job.id} (${job.architecture}, seed ${job.seed}) failed: ${why}`);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] as string;
