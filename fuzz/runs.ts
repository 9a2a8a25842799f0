import type { LabelledImages } from "../src/core/data/images.js";
import type { Kernels } from "../src/core/engine/kernels.js";
import { batchNorm, flatten, linear, relu } from "../src/core/network/index.js";
import { type Job, jobId, type RunConfig } from "../src/core/training/job.js";
import { type FinishedRun, runJob } from "../src/core/training/run.js";
import { newKernels } from "../test/support/kernels.js";

/** Images of a bright row, whose place says the class. */
export const IMAGES: LabelledImages = {
  count: 24,
  height: 8,
  width: 8,
  pixels: Uint8Array.from({ length: 24 * 64 }, (_, i) =>
    Math.floor((i % 64) / 8) === Math.floor(i / 64) % 8 ? 250 : i % 9,
  ),
  labels: Uint8Array.from({ length: 24 }, (_, i) => i % 8),
};

let kernels: Kernels | undefined;

/** One instance for all: each training clears it first. */
export function sharedKernels(): Kernels {
  kernels ??= newKernels();
  return kernels;
}

/** A job of the smallest size that has everything: batch norm, several epochs, a last batch that is not full. */
const CONFIG: RunConfig = {
  network: {
    trunk: [],
    head: [flatten(), linear(6), batchNorm(), relu(), linear(2)],
    auxiliaryWeight: 0,
    trunks: "shared",
  },
  epochs: 2,
  batchSize: 5,
  learningRate: 0.01,
  optimizer: "adam",
  dropout: 0,
  trainPairs: 8,
  testPairs: 8,
  relation: "less-or-equal",
  evaluate: "epoch",
  evaluateOn: "test",
  dataset: { name: "fuzz", sha256: "0".repeat(64) },
  engine: { version: "0.0.0", simd: "base", kernels: "0".repeat(64) },
};

export const smallJob = (seed: number): Job => ({
  id: jobId("mlp", seed, CONFIG),
  architecture: "mlp",
  seed,
  config: CONFIG,
});

export const startJob = (job: Job, checkpoint?: Uint8Array) =>
  runJob(job, { train: IMAGES, test: IMAGES }, sharedKernels(), () => 0, checkpoint);

/** The checkpoint of a job's first epoch. */
export function firstCheckpoint(job: Job): Uint8Array<ArrayBuffer> {
  const step = startJob(job).next();
  if (step.done) throw new Error("the run has ended");
  return step.value.checkpoint();
}

let runs: readonly FinishedRun[] | undefined;

/** Three runs, trained. */
export function realRuns(): readonly FinishedRun[] {
  runs ??= [0, 1, 2].map((seed) => {
    const run = startJob(smallJob(seed));
    let step = run.next();
    while (!step.done) step = run.next();
    return step.value;
  });
  return runs;
}
