import { method, partly, shown } from "../checks.js";
import { checkPairSet } from "../data/check-pairs.js";
import type { ImageSets, PairSet } from "../data/index.js";
import { pairSetOf } from "../data/pairs.js";
import { sha256Of } from "../digest.js";
import type { KernelModule, Kernels } from "../engine/index.js";
import type { ThreadGroup } from "../engine/thread-group.js";
import { InvalidRequest } from "../errors.js";
import { parameterCount } from "../network/network.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import type { Divergence } from "./divergence.js";
import { startingTensors } from "./given-weights.js";
import { checkJob, type Job, pairRulesOf, type RunConfig } from "./job.js";
import { type ProcessorClock, processorTimes, type RunTimes } from "./run-times.js";
import { type EpochEvent, type EpochResult, train, withMethods } from "./train.js";
import { encodeWeights } from "./weights.js";

/** The record of a run: everything that is kept besides its weights. */
export interface RunRecord extends RunTimes {
  readonly id: string;
  readonly architecture: string;
  readonly seed: number;
  readonly config: RunConfig;
  readonly parameters: number;
  /** The errors after the last epoch, as fractions of pairs; NaN if the run diverged. */
  readonly trainError: number;
  readonly testError: number;
  /**
   * How many of its test pairs the network says yes to after the last epoch: none or all of them where it says the same to every pair.
   * Absent if the run diverged, or an earlier version trained it.
   */
  readonly testYes?: number;
  /** Only in a run that diverged: where. Training ended there, and the weights are those of that step. */
  readonly diverged?: Divergence;
  /** The evaluated epochs. */
  readonly epochs: readonly EpochResult[];
  /** SHA-256 of the weights' safetensors file. */
  readonly weightsSha256: string;
}

/** A run's record without its epochs. */
export type RunSummary = Omit<RunRecord, "epochs">;

/** The result of a job. */
export interface FinishedRun {
  readonly record: RunRecord;
  /** A safetensors file. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** Yielded after an epoch of a run. It can be posted to another thread, without its method. */
export interface RunStep extends EpochEvent {
  /**
   * A safetensors file from which `runJob` continues after this epoch to the same record and weights. Call it before you ask for the
   * next step. It costs nothing until it is called.
   */
  checkpoint(): Uint8Array<ArrayBuffer>;
}

/** The pair set that a job is trained on and measured on. @throws InvalidRequest when there are too few images */
export function pairsOfJob({ seed, config }: Pick<Job, "seed" | "config">, images: ImageSets): PairSet {
  return pairSetOf(images, seed, pairRulesOf(config));
}

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
 * Runs a job: draws its pairs, trains, and returns the record and the weights. It yields after each epoch.
 *
 * @param source  images, or the pairs that `pairsOfJob` has drawn from them
 * @param now  a clock in milliseconds; only the record's `seconds` depends on it
 * @param checkpoint  to continue from; `seconds` and `processorSeconds` then add the time before it. Where another machine trained before, its
 *   processor time is converted to this one's by both yardsticks.
 * @param startingWeights  those that `startFrom` made with the job, if it did
 * @param group  the threads that run the job together, of which this is one. Each gets the same record and weights, and its own times.
 * @param processor  for the record's `processorSeconds` and `yardstickSeconds`
 * @throws InvalidRequest where there are too few images, the job is not as `makeJob` made it, the starting weights are not its own, or the checkpoint is damaged or of
 *   another job
 */
export function* runJob(
  job: Job,
  source: ImageSets | PairSet,
  kernels: KernelModule | Kernels,
  now: () => number,
  checkpoint?: Uint8Array,
  startingWeights?: Uint8Array,
  group?: ThreadGroup,
  processor?: ProcessorClock,
): Generator<RunStep, FinishedRun> {
  checkJob(job);
  method(now, "now");
  const { id, architecture, seed, config } = job;
  const start = startingTensors(job, startingWeights);
  const started = now();
  const before = checkpoint && decodeCheckpoint(checkpoint, job);
  // One thread of several counts the time before.
  const onProcessor = processor && processorTimes(processor, group && group.rank > 0 ? undefined : before);
  const timesSoFar = () => ({ seconds: (before?.seconds ?? 0) + (now() - started) / 1000, ...onProcessor?.() });
  const { trainPairs, testPairs } = config;
  const pairs = requirePairsOf(job, source);
  const results = [...(before?.results ?? [])];
  const loop = train(kernels, config.network, pairs, seed, {
    ...config,
    ...(before && { from: before.state }),
    ...(start && { start }),
    ...(group && { group }),
  });
  let step = loop.next();
  for (; !step.done; step = loop.next()) {
    const event = step.value;
    if (event.result) results.push(event.result);
    const progress = () => {
      const { seconds, ...onProcessor } = timesSoFar();
      // That of the group's other threads is not known here.
      return { state: event.state(), results, seconds, ...(!group && onProcessor) };
    };
    yield withMethods({ ...event }, { checkpoint: () => encodeCheckpoint(job, progress()) });
  }
  const times = timesSoFar();
  const { model, scale, diverged } = step.value;
  const weights = encodeWeights(model, scale, architecture, diverged);
  const last = diverged ? undefined : results.at(-1);
  const record: RunRecord = {
    id,
    architecture,
    seed,
    config,
    parameters: parameterCount(model.network),
    trainError: errorOf(last?.trainAccuracy, trainPairs),
    testError: errorOf(last?.testAccuracy, testPairs),
    ...(last?.testYes !== undefined && { testYes: last.testYes }),
    ...(diverged && { diverged }),
    epochs: results,
    ...times,
    weightsSha256: sha256Of(weights),
  };
  return { record, weights };
}

/** The fraction of pairs that are decided wrongly: 1 less the accuracy, without its rounding. NaN without an accuracy. */
export const errorOf = (accuracy = Number.NaN, pairs: number): number => Math.round((1 - accuracy) * pairs) / pairs;
