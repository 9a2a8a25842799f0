import type { Worker } from "node:worker_threads";
import { inputOf } from "../../core/data/images.js";
import { stopGroup } from "../../core/engine/thread-group.js";
import { type GroupSize, groupSize } from "../../core/training/group-size.js";
import { relationOf } from "../../core/training/job.js";
import { trainingBytes } from "../../core/training/room.js";
import { machineMemory } from "../machine-memory.js";
import { carryOut, help, startThreads, type Task } from "./threads.js";

/** Whatever an instance of the kernels has of its own is small beside this. */
const PAGE = 65_536;

/**
 * Makes a thread train as `carryOut` does, with others where the run gains from them. The bits are the same. They are started for it,
 * and end with it. If one of them fails, for example because there is no memory for it, the thread trains alone.
 *
 * @param cores  the most threads, this one included
 */
export async function withHelp(
  thread: Worker,
  task: Task,
  cores: number,
  signal: AbortSignal,
  onProgress: Parameters<typeof carryOut>[3],
): ReturnType<typeof carryOut> {
  const size = sizeFor(task, cores);
  if (!size) return carryOut(thread, task, signal, onProgress);
  const memory = new SharedArrayBuffer(size.bytes);
  const helpers = startThreads(size.threads - 1);
  const over = new AbortController();
  const place = (rank: number) => ({ ...task, group: { rank, size: size.threads, memory } });
  let failed = false;
  const helping = helpers.map((helper, i) =>
    help(helper, place(i + 1), AbortSignal.any([signal, over.signal])).catch(() => {
      failed = true;
      stopGroup(memory);
    }),
  );
  try {
    const result = await carryOut(thread, place(0), signal, onProgress);
    if (!(failed && "refused" in result)) return result;
  } catch (error) {
    signal.throwIfAborted();
    if (!failed) throw error;
  } finally {
    stopGroup(memory);
    over.abort();
    // Before threads are ended: else an answer that still comes lets the process end with them.
    await Promise.all(helping);
    await Promise.all(helpers.map((helper) => helper.terminate()));
  }
  return carryOut(thread, task, signal, onProgress);
}

/** How many threads gain time, and have the memory that they need. */
function sizeFor({ job, images }: Task, cores: number): GroupSize | undefined {
  const input = inputOf(images.train);
  const size = groupSize(job, input, cores);
  if (!size) return undefined;
  const { network, trainPairs, testPairs } = job.config;
  const shape = { network, input, trainPairs, testPairs, settings: job.config, relation: relationOf(job.config) };
  const machine = machineMemory();
  return size.threads * trainingBytes(shape, PAGE, machine) <= machine.there ? size : undefined;
}
