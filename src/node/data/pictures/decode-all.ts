import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { InvalidRequest } from "../../../core/errors.js";
import { pictureCodecs } from "../codecs.js";
import { decodeInto, type GivenFile, keptBytes, type Outcome } from "./decode.js";
import type { DecodingAnswer, DecodingTask } from "./decode-worker.js";
import type { Plan } from "./plan.js";
import { bytesOf, requireReadable, type TreeFile } from "./tree.js";

/** Pictures that a thread gets at once; fewer are decoded here, for starting a thread takes as long. */
const BATCH = 256;
const MOST_THREADS = 8;

/** How many pictures are done. */
export type DecodingProgress = (done: number, total: number) => void;

/**
 * Decodes all pictures as a plan keeps them, over threads where there are many.
 *
 * @returns [files, channels, height, width] in memory that threads share; or why the plan is not one for all of them
 * @throws InvalidRequest naming the first picture that cannot be read
 */
export async function decodeAll(
  files: readonly TreeFile[],
  plan: Plan,
  onProgress: DecodingProgress,
): Promise<Uint8Array | Uint16Array | { readonly deviation: "size" | "colour" }> {
  const memory = memoryFor(files.length * keptBytes(plan));
  const kept = plan.kind === "prepared" ? new Uint16Array(memory) : new Uint8Array(memory);
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_, i) => i * BATCH);
  const troubles: Exclude<Outcome, { kind: "done" }>[] = [];
  let done = 0;
  onProgress(0, files.length);
  const serve = async (carryOut: (given: GivenFile[], first: number) => Promise<Outcome>) => {
    for (let first = batches.shift(); first !== undefined && troubles.length === 0; first = batches.shift()) {
      const some = files.slice(first, first + BATCH);
      const outcome = await carryOut(await Promise.all(some.map(givenFile)), first);
      if (outcome.kind !== "done") troubles.push(outcome);
      done += some.length;
      onProgress(done, files.length);
    }
  };
  const threads = Math.min(batches.length, availableParallelism(), MOST_THREADS);
  if (batches.length <= 2) {
    const codecs = pictureCodecs();
    await serve((given, first) => decodeInto(given, plan, kept, first, codecs));
  } else await Promise.all(Array.from({ length: threads }, () => inThread(memory, plan, serve)));
  // The first of them, whichever thread met its own first.
  const [trouble] = troubles.toSorted((one, other) => one.index - other.index);
  if (trouble?.kind === "refusal") throw new InvalidRequest(trouble.message);
  return trouble ? { deviation: trouble.from } : kept;
}

/** Threads read what lies on the disk. */
async function givenFile(file: TreeFile): Promise<GivenFile> {
  const { name, location } = file;
  try {
    requireReadable(file);
    return location === undefined ? { name, bytes: await bytesOf(file) } : { name, location };
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return { name, refusal: error.message };
  }
}

async function inThread(
  memory: SharedArrayBuffer,
  plan: Plan,
  serve: (carryOut: (files: GivenFile[], first: number) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  const thread = new Worker(new URL("./decode-worker.js", import.meta.url));
  try {
    await serve(async (files, first) => {
      const task: DecodingTask = { files, plan, memory, first };
      thread.postMessage(task);
      const [answer] = (await once(thread, "message")) as [DecodingAnswer];
      if (answer.kind === "failure") throw new Error(`the thread that decodes pictures failed: ${answer.message}`);
      return answer;
    });
  } finally {
    await thread.terminate();
  }
}

function memoryFor(bytes: number): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(bytes);
  } catch {
    throw new InvalidRequest(
      `the images need ${bytes} bytes of memory, and there are not so many: use a smaller --size`,
    );
  }
}
