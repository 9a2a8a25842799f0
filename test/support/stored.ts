import { createHash } from "node:crypto";
import type { FinishedRun, RunRecord } from "../../src/core/index.js";
import { syntheticReproduction } from "./reproduction.js";

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** A run with made-up weights. */
export function withWeights(record: RunRecord): FinishedRun {
  const weights = new Uint8Array(1000).map((_, i) => (i * 31 + record.seed) % 256);
  return { record: { ...record, weightsSha256: sha256(weights) }, weights };
}

/** One run of each architecture, so that a record has every kind of layer. */
export const syntheticRuns = (rounds = 1): FinishedRun[] => syntheticReproduction({ rounds }).records.map(withWeights);

/** `run.json` with the digest that its other values have, as anybody can work it out: of all that comes before the last two lines. */
export function sealed(document: object): string {
  const { digest: _, ...rest } = document as Record<string, unknown>;
  const body = JSON.stringify(rest, null, 2).replace(/\n}$/, ",\n");
  return `${body}  "digest": "${sha256(body)}"\n}\n`;
}
