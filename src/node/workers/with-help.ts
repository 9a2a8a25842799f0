import type { Worker } from "node:worker_threads";
import { inputOf } from "../../core/data/images.js";
import { stopGroup } from "../../core/engine/thread-group.js";
import { InvalidRequest } from "../../core/errors.js";
import { type GroupSize, groupSize } from "../../core/training/group-size.js";
import type { FinishedRun } from "../../core/training/run.js";
import { machineMemory } from "../machine-memory.js";
import { carryOut, type Helped, help, startThreads, type Task } from "./threads.js";

/** What there is for a run. */
export interface Place {
  /** The most threads for it. */
  readonly cores: number;
  /** The runs that are trained at the same time, itself included. */
  readonly runs: number;
}

/**
 * Makes a thread train as `carryOut` does, with others where the run gains from them. The bits are the same. They are started for it,
 * and end with it. If one of them fails, for example because there is no memory for it, the thread goes on alone from the last
 * checkpoint.
 */
export async function withHelp(
  thread: Worker,
  task: Task,
  place: Place,
  signal: AbortSignal,
  onProgress: Parameters<typeof carryOut>[3],
): ReturnType<typeof carryOut> {
  const size = sizeFor(task, place);
  const memory = size && sharedMemory(size.bytes);
  if (!memory) return carryOut(thread, task, signal, onProgress);
  const helpers = startThreads(size.threads - 1);
  const over = new AbortController();
  const placed = (rank: number) => ({ ...task, group: { rank, size: size.threads, memory } });
  let failed = false;
  let { checkpoint } = task;
  const helping = helpers.map((helper, i) =>
    help(helper, placed(i + 1), AbortSignal.any([signal, over.signal])).catch(() => {
      failed = true;
      stopGroup(memory);
      return undefined;
    }),
  );
  try {
    const result = await carryOut(thread, placed(0), signal, (answer) => {
      if ("checkpoint" in answer) checkpoint = answer.checkpoint;
      onProgress(answer);
    });
    // They come to the end with it.
    if ("record" in result) return withTimesOf(await Promise.all(helping), result);
    if (!failed) return result;
  } catch (error) {
    signal.throwIfAborted();
    // The helpers' memory may be what this thread lacks.
    if (!(failed || error instanceof InvalidRequest)) throw error;
  } finally {
    stopGroup(memory);
    over.abort();
    // Before threads are ended: else an answer that still comes lets the process end with them.
    await Promise.all(helping);
    await Promise.all(helpers.map((helper) => helper.terminate()));
  }
  return carryOut(thread, { ...task, ...(checkpoint && { checkpoint }) }, signal, onProgress);
}

/** A run with the processor time of all its threads; without it if that of one is not known. */
function withTimesOf(helpers: readonly (Helped | undefined)[], { record, weights }: FinishedRun): FinishedRun {
  const { processorSeconds: own, yardstickSeconds, ...others } = record;
  const times = [own, ...helpers.map((helper) => helper?.processorSeconds)].filter((time) => time !== undefined);
  if (times.length <= helpers.length) return { record: others, weights };
  const processorSeconds = times.reduce((sum, time) => sum + time, 0);
  return {
    record: { ...others, processorSeconds, ...(yardstickSeconds !== undefined && { yardstickSeconds }) },
    weights,
  };
}

/** Shared memory, if the machine gives it. */
function sharedMemory(bytes: number): SharedArrayBuffer | undefined {
  try {
    return new SharedArrayBuffer(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How many threads gain time, and have the memory that they need. */
function sizeFor({ job, images }: Task, { cores, runs }: Place): GroupSize | undefined {
  const size = groupSize(job, inputOf(images.train), cores);
  return size && runs * (size.threads * size.bytesOfEach + size.bytes) <= machineMemory().there ? size : undefined;
}
