import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type LabelledImages, samplePairSet } from "../data/index.js";
import type { KernelModule, Kernels } from "../engine/index.js";
import { parameterCount } from "../network/index.js";
import type { Job, RunConfig } from "./config.js";
import { type EpochEvent, type EpochResult, train } from "./train.js";
import { encodeWeights } from "./weights.js";

/** What is kept of a run, beside its weights. */
export interface RunRecord {
  readonly id: string;
  readonly architecture: string;
  readonly seed: number;
  readonly config: RunConfig;
  readonly parameters: number;
  /** Fractions of pairs, after the last epoch. */
  readonly trainError: number;
  readonly testError: number;
  readonly epochs: readonly EpochResult[];
  /** Wall-clock time of the run, drawing its pairs and evaluations included. */
  readonly seconds: number;
  /** SHA-256 of the weights' safetensors file. */
  readonly weightsSha256: string;
}

/** A run's record without what it was after each epoch. */
export type RunSummary = Omit<RunRecord, "epochs">;

export interface FinishedRun {
  readonly record: RunRecord;
  /** A safetensors file. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * Carries out a job: its pair set from the images, training, record and weights. Yields after each epoch.
 *
 * @param now  a clock in milliseconds; it decides nothing but the record's `seconds`
 */
export function* runJob(
  job: Job,
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  kernels: KernelModule | Kernels,
  now: () => number,
): Generator<EpochEvent, FinishedRun> {
  const { id, architecture, seed, config } = job;
  const started = now();
  const { trainPairs, testPairs, evaluateOn } = config;
  const pairs = samplePairSet(images, seed, { trainPairs, testPairs, evaluateOn });
  const epochs: EpochResult[] = [];
  const loop = train(kernels, config.network, pairs, seed, config);
  let step = loop.next();
  for (; !step.done; step = loop.next()) {
    if (step.value.result) epochs.push(step.value.result);
    yield step.value;
  }
  const seconds = (now() - started) / 1000;
  const { model, scale } = step.value;
  const weights = encodeWeights(model, scale, architecture);
  const last = epochs.at(-1) as EpochResult;
  const errorOf = (accuracy: number, count: number) => Math.round((1 - accuracy) * count) / count;
  const record: RunRecord = {
    id,
    architecture,
    seed,
    config,
    parameters: parameterCount(model.network),
    trainError: errorOf(last.trainAccuracy, trainPairs),
    testError: errorOf(last.testAccuracy, testPairs),
    epochs,
    seconds,
    weightsSha256: bytesToHex(sha256(weights)),
  };
  return { record, weights };
}
