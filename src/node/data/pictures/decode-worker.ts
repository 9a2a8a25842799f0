/** What a thread that decodes pictures runs. */
import { parentPort } from "node:worker_threads";
import { decodeInto, keptIn, type Outcome } from "../../../core/picture-sets/decode.js";
import type { Plan } from "../../../core/picture-sets/plan.js";
import { pictureCodecs } from "../codecs.js";
import { type GivenFile, pictureFile } from "./given-file.js";

/** Some pictures to decode into shared memory. */
export interface DecodingTask {
  readonly files: readonly GivenFile[];
  readonly plan: Plan;
  readonly memory: SharedArrayBuffer;
  readonly first: number;
}

/** What a thread says to a task. */
export type DecodingAnswer = Outcome | { readonly kind: "failure"; readonly message: string };

const codecs = pictureCodecs();

parentPort?.on("message", ({ files, plan, memory, first }: DecodingTask) => {
  const answer = (said: DecodingAnswer) => parentPort?.postMessage(said);
  decodeInto(files.map(pictureFile), plan, keptIn(memory, plan), first, codecs).then(answer, (error) =>
    answer({ kind: "failure", message: error instanceof Error ? error.message : String(error) }),
  );
});
