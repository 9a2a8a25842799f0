import type { LabelledImages } from "../../src/core/data/index.js";
import type { Kernels } from "../../src/core/engine/index.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import {
  type FinishedRun,
  type Job,
  makeJob,
  type RunStep,
  runJob,
  type SettingOverrides,
} from "../../src/core/training/index.js";
import type { ProcessorClock } from "../../src/core/training/run-times.js";
import { newKernels } from "./kernels.js";
import { uniform } from "./models.js";

const COUNT = 300;
const next = uniform(7);

/** Images of a bright stripe on a dark ground, whose place says the class, under noise. */
export const stripes: LabelledImages = {
  count: COUNT,
  height: 28,
  width: 28,
  pixels: Uint8Array.from({ length: COUNT * 784 }, (_, i) =>
    Math.floor((i % 784) / 56) === Math.floor(i / 784) % 10 ? Math.floor(100 + 155 * next()) : 0,
  ),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
};

const dataset = { name: "stripes", sha256: "0".repeat(64) };
export const engine = { version: "0", simd: "base", kernels: "0".repeat(64) } as const;

/** A job of few pairs, whose last batch is not full. */
export const smallJob = (name: string, settings: SettingOverrides = {}, seed = 1): Job =>
  makeJob(name, seed, { ...dataset, shape: DIGIT_PAIRS }, engine, {
    epochs: 4,
    batchSize: 8,
    trainPairs: 21,
    testPairs: 20,
    ...settings,
  });

/** A job on stripes, with a clock that stands still, and none of the processor. */
export const startJob = (
  job: Job,
  checkpoint?: Uint8Array,
  kernels: Kernels = newKernels(),
  now = () => 0,
  processor?: ProcessorClock,
) => runJob(job, { train: stripes, test: stripes }, kernels, now, checkpoint, undefined, undefined, processor);

/** Carries a run on to its end. */
export function finish(run: Generator<RunStep, FinishedRun>): FinishedRun {
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value;
}

/** The checkpoint of a run's next epoch. */
export function nextCheckpoint(run: Generator<RunStep, FinishedRun>): Uint8Array<ArrayBuffer> {
  const step = run.next();
  if (step.done) throw new Error("the run has ended");
  return step.value.checkpoint();
}
