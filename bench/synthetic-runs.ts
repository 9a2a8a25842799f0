import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { architectures, DIGIT_PAIRS, type FinishedRun, type Job, makeJob } from "pairlab";
import { RunStore } from "pairlab/node";

/** The grouping of a store's runs: several architectures and settings over seeds, a single group, or a group for each run. */
export const SHAPES = ["mixed", "one-group", "all-groups"] as const;
export type Shape = (typeof SHAPES)[number];

/** The learning rates, which make groups of each architecture's runs. */
const RATES = [1e-4, 3e-4, 1e-3, 3e-3];

export const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

interface Place {
  readonly architecture: string;
  readonly learningRate: number;
  readonly seed: number;
}

const places: Readonly<Record<Shape, (index: number) => Place>> = {
  mixed: (index) => {
    const [each, rest] = [index % architectures.length, Math.floor(index / architectures.length)];
    const { name } = architectures[each] as (typeof architectures)[number];
    const learningRate = RATES[rest % RATES.length] as number;
    return { architecture: name, learningRate, seed: Math.floor(rest / RATES.length) };
  },
  "one-group": (seed) => ({ architecture: "mlp", learningRate: 1e-3, seed }),
  "all-groups": (index) => ({ architecture: "mlp", learningRate: 1e-3 + index / 1e7, seed: 0 }),
};

/** What is asked for to get a run. */
export function syntheticJob(index: number, shape: Shape): Job {
  const { architecture, learningRate, seed } = places[shape](index);
  return makeJob(architecture, seed, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, { learningRate });
}

/** A run that looks like one of 25 epochs, except for its weights, which are not read here. */
export function syntheticRun(index: number, shape: Shape): FinishedRun {
  const job = syntheticJob(index, shape);
  const { seed } = job;
  const weights = new TextEncoder().encode(`weights of ${job.id}`);
  const epochs = Array.from({ length: job.config.epochs }, (_, i) => ({
    epoch: i + 1,
    trainLoss: 1 / (i + 1 + seed / 7),
    testLoss: 1 / (i + 2 + seed / 7),
    trainAccuracy: 0.9,
    testAccuracy: 0.8,
  }));
  const weightsSha256 = sha256(weights);
  const trainError = ((index * 7) % 31) / 1000;
  const testError = 0.1 + ((index * 13) % 97) / 1000;
  const results = { parameters: 1000, trainError, testError, epochs, seconds: 4 + seed / 7, weightsSha256 };
  return { record: { ...job, ...results }, weights };
}

/** Writes runs into a new store like `RunStore.save`, but without waiting for the disk. */
export async function fillStore(folder: string, runs: number, shape: Shape): Promise<void> {
  await new RunStore(folder).save(syntheticRun(0, shape));
  for (let index = 1; index < runs; index++) {
    const { record, weights } = syntheticRun(index, shape);
    const epochs = record.epochs.map((epoch) => `${JSON.stringify(epoch)}\n`).join("");
    const { epochs: _, ...summary } = record;
    const files = { "epochs.jsonl": sealOf(epochs), "weights.safetensors": sealOf(weights) };
    const body = `${JSON.stringify({ ...summary, finite: true, files }, null, 2).slice(0, -"\n}".length)},\n`;
    const place = join(folder, record.id);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "epochs.jsonl"), epochs);
    writeFileSync(join(place, "weights.safetensors"), weights);
    writeFileSync(join(place, "run.json"), `${body}  "digest": "${sha256(body)}"\n}\n`);
  }
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const sealOf = (data: string | Uint8Array) => ({ bytes: Buffer.byteLength(data), sha256: sha256(data) });
