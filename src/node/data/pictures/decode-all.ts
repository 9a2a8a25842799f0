import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { InvalidRequest } from "../../../core/errors.js";
import {
  type DecodedAll,
  type DecodingProgress,
  decodedAs,
  decodeInTurn,
  keptBytes,
  keptIn,
  type Outcome,
} from "../../../core/picture-sets/decode.js";
import type { Plan } from "../../../core/picture-sets/plan.js";
import { pictureCodecs } from "../codecs.js";
import type { DecodingAnswer, DecodingTask } from "./decode-worker.js";
import { type GivenFile, givenFile, pictureFile } from "./given-file.js";
import type { DiskFile } from "./tree.js";

/** Pictures that a thread gets at once; fewer are decoded here, for starting a thread takes as long. */
const BATCH = 256;
const MOST_THREADS = 8;

/**
 * Decodes all pictures as a plan keeps them, over threads where there are many.
 *
 * @returns in memory that threads share
 * @throws InvalidRequest naming the first picture that cannot be read
 */
export async function decodeAll(
  files: readonly DiskFile[],
  plan: Plan,
  onProgress: DecodingProgress,
): Promise<DecodedAll> {
  const memory = memoryFor(files.length * keptBytes(plan));
  if (files.length <= 2 * BATCH) {
    const given = await Promise.all(files.map(givenFile));
    return decodeInTurn(given.map(pictureFile), plan, memory, pictureCodecs(), onProgress);
  }
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
  await Promise.all(Array.from({ length: threads }, () => inThread(memory, plan, serve)));
  // The first of them, whichever thread met its own first.
  const [trouble] = troubles.toSorted((one, other) => one.index - other.index);
  return trouble ? decodedAs(trouble) : keptIn(memory, plan);
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

/** Memory that threads share. @throws InvalidRequest where there is not so much */
export function memoryFor(bytes: number): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(bytes);
  } catch {
    throw new InvalidRequest(
      `the images need ${bytes} bytes of memory, and there are not so many: use a smaller --size`,
    );
  }
}
