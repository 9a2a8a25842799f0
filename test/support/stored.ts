import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FinishedRun, RunRecord } from "../../src/core/index.js";
import { encodeDocument, encodeEpochs, sealOf } from "../../src/node/runs/encode.js";
import { syntheticReproduction } from "./reproduction.js";

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** A run with made-up weights. */
export function withWeights(record: RunRecord): FinishedRun {
  const weights = new Uint8Array(1000).map((_, i) => (i * 31 + record.seed) % 256);
  return { record: { ...record, weightsSha256: sha256(weights) }, weights };
}

/** One run of each architecture, so that a record has every kind of layer. */
export const syntheticRuns = (rounds = 1): FinishedRun[] => syntheticReproduction({ rounds }).records.map(withWeights);

/** Puts a run into a store under an id that is not its own, as no program does. */
export async function placeUnder(folder: string, id: string, { record, weights }: FinishedRun): Promise<void> {
  const epochs = new TextEncoder().encode(encodeEpochs(record.epochs));
  const seals = { "epochs.jsonl": sealOf(epochs), "weights.safetensors": sealOf(weights) };
  await mkdir(join(folder, id), { recursive: true });
  await writeFile(join(folder, id, "epochs.jsonl"), epochs);
  await writeFile(join(folder, id, "weights.safetensors"), weights);
  await writeFile(join(folder, id, "run.json"), encodeDocument({ ...record, id }, seals));
}

/** Puts a run into a store as versions did that trained on with whatever loss: its record says nothing of divergence. */
export async function placeUnmarked(folder: string, run: FinishedRun): Promise<void> {
  await placeUnder(folder, run.record.id, run);
  const path = join(folder, run.record.id, "run.json");
  const { finite: _, ...document } = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, sealed(document));
}

/** `run.json` with the digest that its other values have, as anybody can work it out: of all that comes before the last two lines. */
export function sealed(document: object): string {
  const { digest: _, ...rest } = document as Record<string, unknown>;
  const body = JSON.stringify(rest, null, 2).replace(/\n}$/, ",\n");
  return `${body}  "digest": "${sha256(body)}"\n}\n`;
}
