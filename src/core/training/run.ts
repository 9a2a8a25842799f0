import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type LabelledImages, samplePairSet } from "../data/index.js";
import type { KernelModule, Kernels } from "../engine/index.js";
import { parameterCount } from "../network/index.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import type { Job, RunConfig } from "./config.js";
import { type EpochEvent, type EpochResult, train, withMethods } from "./train.js";
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

/** An epoch of a run is done. It can be posted to another thread as it is: its method stays behind. */
export interface RunStep extends EpochEvent {
  /**
   * A safetensors file from which `runJob` goes on after this epoch, to the same record and weights. Costs nothing until it
   * is called, before the next step is asked for.
   */
  checkpoint(): Uint8Array<ArrayBuffer>;
}

/**
 * Carries out a job: its pair set from the images, training, record and weights. Yields after each epoch.
 *
 * @param now  a clock in milliseconds; it decides nothing but the record's `seconds`
 * @param checkpoint  goes on from there instead of from the start; `seconds` are then those of all parts
 * @throws InvalidRequest when there are too few images, or the checkpoint is damaged or of another job
 */
export function* runJob(
  job: Job,
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  kernels: KernelModule | Kernels,
  now: () => number,
  checkpoint?: Uint8Array,
): Generator<RunStep, FinishedRun> {
  const { id, architecture, seed, config } = job;
  const started = now();
  const before = checkpoint && decodeCheckpoint(checkpoint, job);
  const secondsSoFar = () => (before?.seconds ?? 0) + (now() - started) / 1000;
  const { trainPairs, testPairs, evaluateOn } = config;
  const pairs = samplePairSet(images, seed, { trainPairs, testPairs, evaluateOn });
  const results = [...(before?.results ?? [])];
  const loop = train(kernels, config.network, pairs, seed, { ...config, ...(before && { from: before.state }) });
  let step = loop.next();
  for (; !step.done; step = loop.next()) {
    const event = step.value;
    if (event.result) results.push(event.result);
    const progress = () => ({ state: event.state(), results, seconds: secondsSoFar() });
    yield withMethods({ ...event }, { checkpoint: () => encodeCheckpoint(job, progress()) });
  }
  const seconds = secondsSoFar();
  const { model, scale } = step.value;
  const weights = encodeWeights(model, scale, architecture);
  const last = results.at(-1) as EpochResult;
  const errorOf = (accuracy: number, count: number) => Math.round((1 - accuracy) * count) / count;
  const record: RunRecord = {
    id,
    architecture,
    seed,
    config,
    parameters: parameterCount(model.network),
    trainError: errorOf(last.trainAccuracy, trainPairs),
    testError: errorOf(last.testAccuracy, testPairs),
    epochs: results,
    seconds,
    weightsSha256: bytesToHex(sha256(weights)),
  };
  return { record, weights };
}
