/** What a thread that decodes pictures runs. */
import { parentPort } from "node:worker_threads";
import { pictureCodecs } from "../codecs.js";
import { decodeInto, type GivenFile, type Outcome } from "./decode.js";
import type { Plan } from "./plan.js";

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
  const kept = plan.kind === "prepared" ? new Uint16Array(memory) : new Uint8Array(memory);
  const answer = (said: DecodingAnswer) => parentPort?.postMessage(said);
  decodeInto(files, plan, kept, first, codecs).then(answer, (error) =>
    answer({ kind: "failure", message: error instanceof Error ? error.message : String(error) }),
  );
});
