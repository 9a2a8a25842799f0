import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { method, partly, shown } from "../checks.js";
import { checkPairSet } from "../data/check-pairs.js";
import type { ImageSets, PairSet } from "../data/index.js";
import { pairSetOf } from "../data/pairs.js";
import type { KernelModule, Kernels } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import { parameterCount } from "../network/index.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import type { Divergence } from "./divergence.js";
import { checkJob, type Job, pairRulesOf, type RunConfig } from "./job.js";
import { type EpochEvent, type EpochResult, train, withMethods } from "./train.js";
import { encodeWeights } from "./weights.js";

/** What is kept of a run, beside its weights. */
export interface RunRecord {
  readonly id: string;
  readonly architecture: string;
  readonly seed: number;
  readonly config: RunConfig;
  readonly parameters: number;
  /** Fractions of pairs, after the last epoch. NaN of a run that diverged. */
  readonly trainError: number;
  readonly testError: number;
  /** Of a run that diverged alone: where. Training ended there, and the weights are those of that step. */
  readonly diverged?: Divergence;
  /** Those that were evaluated. */
  readonly epochs: readonly EpochResult[];
  /** Wall-clock time of the run, evaluations included, and drawing its pairs where it drew them. */
  readonly seconds: number;
  /** SHA-256 of the weights' safetensors file. */
  readonly weightsSha256: string;
}

/** A run's record without what it was after each epoch. */
export type RunSummary = Omit<RunRecord, "epochs">;

/** What comes of a job. */
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

/** The pair set that a job is trained on and measured on. @throws InvalidRequest when there are too few images */
export function pairsOfJob({ seed, config }: Pick<Job, "seed" | "config">, images: ImageSets): PairSet {
  return pairSetOf(images, seed, pairRulesOf(config));
}

/** The pairs of a job, drawn here or elsewhere. */
function requirePairsOf(job: Job, source: ImageSets | PairSet): PairSet {
  partly({})(source, "what a job draws its pairs from");
  if (!("relation" in source)) return pairsOfJob(job, source);
  checkPairSet(source);
  const { trainPairs, testPairs } = job.config;
  const counts = [source.train.count, source.test.count];
  if (counts[0] !== trainPairs || counts[1] !== testPairs)
    throw new InvalidRequest(
      `run ${job.id} is of ${trainPairs} training and ${testPairs} test pairs, not of ${counts.join(" and ")}: draw them with pairsOfJob`,
    );
  if (source.relation.name !== job.config.relation)
    throw new InvalidRequest(
      `run ${job.id} is about ${job.config.relation}, not about ${shown(source.relation.name)}: draw its pairs with pairsOfJob`,
    );
  return source;
}

/**
 * Carries out a job: its pair set, training, record and weights. Yields after each epoch.
 *
 * @param source  images to draw the pairs from, or the pairs where `pairsOfJob` drew them elsewhere
 * @param now  a clock in milliseconds; it decides nothing but the record's `seconds`
 * @param checkpoint  goes on from there instead of from the start; `seconds` are then those of all parts
 * @throws InvalidRequest when there are too few images, the job is not as `makeJob` made it, or the checkpoint is damaged or of
 *   another job
 */
export function* runJob(
  job: Job,
  source: ImageSets | PairSet,
  kernels: KernelModule | Kernels,
  now: () => number,
  checkpoint?: Uint8Array,
): Generator<RunStep, FinishedRun> {
  checkJob(job);
  method(now, "now");
  const { id, architecture, seed, config } = job;
  const started = now();
  const before = checkpoint && decodeCheckpoint(checkpoint, job);
  const secondsSoFar = () => (before?.seconds ?? 0) + (now() - started) / 1000;
  const { trainPairs, testPairs } = config;
  const pairs = requirePairsOf(job, source);
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
  const { model, scale, diverged } = step.value;
  const weights = encodeWeights(model, scale, architecture, diverged);
  const last = diverged ? undefined : results.at(-1);
  const errorOf = (accuracy = Number.NaN, count: number) => Math.round((1 - accuracy) * count) / count;
  const record: RunRecord = {
    id,
    architecture,
    seed,
    config,
    parameters: parameterCount(model.network),
    trainError: errorOf(last?.trainAccuracy, trainPairs),
    testError: errorOf(last?.testAccuracy, testPairs),
    ...(diverged && { diverged }),
    epochs: results,
    seconds,
    weightsSha256: bytesToHex(sha256(weights)),
  };
  return { record, weights };
}
