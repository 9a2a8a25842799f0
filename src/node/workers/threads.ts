import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { EpochEvent, FinishedRun, Job, KernelModule, LabelledImages } from "../../core/index.js";

/** What a thread is given to do. The images lie in shared memory, the kernels are compiled already. */
export interface Task {
  readonly job: Job;
  readonly images: { readonly train: LabelledImages; readonly test: LabelledImages };
  readonly kernels: KernelModule;
}

/** What a thread says: each epoch, then the run. */
export type Answer = { readonly epoch: EpochEvent } | { readonly finished: FinishedRun };

/** Starts threads that train. They take a tenth of a second to get ready, in which other things can be done. */
export function startThreads(count: number): Worker[] {
  return Array.from({ length: count }, () => {
    const thread = new Worker(new URL("./worker.js", import.meta.url));
    // Until it has work, it keeps no process alive that has been refused.
    thread.unref();
    return thread;
  });
}

/**
 * Has a thread carry out a task.
 *
 * @throws what the thread fails with, or an AbortError when the signal is aborted; stopping the thread is up to the caller
 */
export async function carryOut(
  thread: Worker,
  task: Task,
  signal: AbortSignal,
  onEpoch: (epoch: EpochEvent) => void,
): Promise<FinishedRun> {
  const answers = on(thread, "message", { signal, close: ["exit"] }) as AsyncIterable<[Answer]>;
  thread.ref();
  thread.postMessage(task);
  for await (const [answer] of answers) {
    if ("finished" in answer) return answer.finished;
    onEpoch(answer.epoch);
  }
  throw new Error("a thread ended before its run");
}
