import { samplePairSet } from "../../src/core/data/index.js";
import type { Pairs } from "../../src/core/data/pairs.js";
import type { Relation } from "../../src/core/data/relations.js";
import { PassingPairs } from "../../src/core/engine/index.js";
import { encodeOnnx, type OnnxRun } from "../../src/core/formats/onnx/encode-onnx.js";
import { decisionOf, likeliest } from "../../src/core/inspection/decision.js";
import { pairLogits } from "../../src/core/inspection/pair-logits.js";
import { DIGIT_PAIRS, type InputSpec, type Network } from "../../src/core/network/index.js";
import {
  encodeWeights,
  type FinishedRun,
  makeJob,
  runJob,
  type SettingOverrides,
  type ShapedDataset,
  trainedNetwork,
} from "../../src/core/training/index.js";
import { relationOf, shapeOf } from "../../src/core/training/job.js";
import { digits } from "../support/digits.js";
import { engine, finish } from "../support/jobs.js";
import { newKernels } from "../support/kernels.js";
import { randomModel, randomPairs, tensorsOf, uniform } from "../support/models.js";
import { reference } from "../support/reference.js";
import type { Answers } from "./runtime.js";

/** `ONNX_ALL_PAIRS=1` compares as many decisions of each network as the table in docs/onnx.md is about. */
export const all = Boolean(process.env.ONNX_ALL_PAIRS);
/** As many as the decisions of each network are compared on: three batches, of which the last is not full. */
export const PAIRS = all ? 1000 : 130;
/** Of networks that look at several views of each image: two batches, of which the second is not full. */
export const OF_VIEWS = { here: all ? PAIRS : 70, inBrowsers: all ? 100 : 70 };

/** A network as pairlab has it, the pairs that it is asked about, and what it answers. */
export interface Case {
  readonly name: string;
  readonly run: OnnxRun;
  readonly model: Uint8Array;
  readonly asked: Asked;
  readonly expected: Expected;
  /** The same logits in double precision, by the definitions of the layers; of the first pairs only. */
  readonly exact?: ArrayLike<number>;
}

/** The images of pairs as a graph takes them: raw pixels, 0–255. */
export interface Asked {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** [channels, height, width] of an image. */
  readonly shape: readonly number[];
}

interface Expected {
  /** [pairs]. */
  readonly probabilities: ArrayLike<number>;
  readonly holds: ArrayLike<number>;
  /** [pairs, 2], where digits are learned. */
  readonly digits?: ArrayLike<number>;
  /** [pairs, 2]: the head's, or by the definition for a network without a head. */
  readonly logits: ArrayLike<number>;
  /** [pairs, 2, features]. */
  readonly features?: Float32Array;
}

/** What pairlab's own engine answers, beside the graph that is to answer the same. */
export function caseOf(name: string, run: OnnxRun, pairs: Pairs): Case {
  const { config } = run.record;
  const { model, scale } = trainedNetwork(run, newKernels());
  const outputs = model.outputs(new PassingPairs(pairs, scale));
  const all = Array.from({ length: pairs.count }, (_, pair) => pairLogits(outputs, model.network, pair));
  const decided = all.map((logits) => decisionOf(logits, model.relation));
  const { features, answers } = outputs;
  const expected = {
    probabilities: decided.map(({ probability }) => probability),
    holds: decided.map(({ holds }) => Number(holds)),
    ...(model.network.auxiliaryWeight > 0 && { digits: all.flatMap(({ digits = [] }) => digits.map(likeliest)) }),
    ...(features && { features }),
    logits: answers ?? ruleLogits(features as Float32Array, model.relation, shapeOf(config.dataset).classes),
  };
  return { name, run, model: encodeOnnx(run), asked: askedOf(pairs, config.dataset.background), expected };
}

/** How many pairs the logits are worked out for in double precision, too. */
const EXACT = all ? PAIRS : 50;

/** A case with the logits that there would be without rounding. */
export function exactCaseOf(name: string, run: OnnxRun, pairs: Pairs): Case {
  const { model, scale } = trainedNetwork(run, newKernels());
  const size = pairs.images.length / pairs.count;
  const images = Float64Array.from(
    pairs.images.subarray(0, EXACT * size),
    (pixel) => (pixel - scale.mean) / scale.deviation,
  );
  const some = { ...pairs, count: EXACT, images: images as unknown as Float32Array };
  const { answers, digits = [] } = reference(model.network, tensorsOf(model), some, false);
  const exact = answers
    ? answers.flatMap((of) => [...of])
    : ruleLogits(
        Float64Array.from(digits.flatMap((of) => [...of])),
        model.relation,
        shapeOf(run.record.config.dataset).classes,
      );
  return { ...caseOf(name, run, pairs), exact };
}

/** [pairs, 2]: the logarithms of the probabilities that the relation does not hold and that it does, in double precision. */
function ruleLogits(features: Float32Array | Float64Array, relation: Relation, classes: number): Float64Array {
  const beliefs = (image: number) => {
    const powers = Array.from(features.subarray(image * classes, (image + 1) * classes), (feature) =>
      Math.exp(feature),
    );
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  };
  const logits = new Float64Array(features.length / classes);
  for (let pair = 0; pair < logits.length / 2; pair++) {
    const [first, second] = [beliefs(2 * pair), beliefs(2 * pair + 1)];
    const sums: [number, number] = [0, 0];
    for (const [i, p] of first.entries())
      for (const [j, q] of second.entries()) sums[Number(relation.holds(i, j)) as 0 | 1] += p * q;
    logits.set(sums.map(Math.log), 2 * pair);
  }
  return logits;
}

/** Pairs hold pixels less the background. */
export function askedOf({ count, channels, height, width, images }: Pairs, background: readonly number[] = []): Asked {
  const pixels = height * width;
  const size = channels * pixels;
  const side = (second: 0 | 1) =>
    Float32Array.from({ length: count * size }, (_, i) => {
      const [pair, at] = [Math.floor(i / size), i % size];
      return (images[(2 * pair + second) * size + at] as number) + (background[Math.floor(at / pixels)] ?? 0);
    });
  return { first: side(0), second: side(1), shape: [channels, height, width] };
}

/** Digits that no network here was trained on. */
export async function digitPairs(count = PAIRS): Promise<Pairs> {
  return samplePairSet(await digits(), 1000, { trainPairs: 1, testPairs: count }).test;
}

/** A network trained for an epoch on a few pairs: its weights are no random ones, and its batch norm has seen images. */
export async function trainedBriefly(name: string, settings: SettingOverrides = {}): Promise<FinishedRun> {
  const few = { epochs: 1, trainPairs: 60, testPairs: 20, evaluate: "end", ...settings } as const;
  return finish(
    runJob(makeJob(name, 1, { ...DATASET, shape: DIGIT_PAIRS }, engine, few), await digits(), newKernels(), () => 0),
  );
}

const DATASET = { name: "images", sha256: "0".repeat(64) };

/** A network with random weights, on noise. @param network  in place of the architecture's own */
export function randomCase(
  name: string,
  architecture: string,
  { network, settings = {}, dataset, seed = 1 }: RandomOptions = {},
): Case {
  const job = makeJob(architecture, 1, { ...DATASET, shape: DIGIT_PAIRS, ...dataset }, engine, settings);
  const config = {
    ...job.config,
    ...(network && { network: { auxiliaryWeight: 0, trunks: "shared", ...network } as const }),
  };
  const input = shapeOf(config.dataset);
  const relation = relationOf(config);
  const model = randomModel(config.network, input, { relation }, seed);
  const weights = encodeWeights(model, { mean: 100, deviation: 60 }, architecture);
  const record = { id: job.id, architecture, seed: 1, config };
  return caseOf(name, { record, weights }, noise(input, config.dataset.background));
}

interface RandomOptions {
  readonly network?: Network;
  readonly settings?: SettingOverrides;
  readonly dataset?: Partial<ShapedDataset>;
  readonly seed?: number;
}

/** Pairs of noise: raw pixels of 0–255 in quarters, less the background. */
function noise(input: InputSpec, background: readonly number[] = []): Pairs {
  const { height, width, channels } = input;
  const next = uniform(5);
  const pairs = randomPairs(input, PAIRS);
  const behind = (i: number) => background[Math.floor(i / (height * width)) % channels] ?? 0;
  return { ...pairs, images: pairs.images.map((_, i) => Math.floor(1021 * next()) / 4 - behind(i)) };
}

/** How far a graph's answers are from pairlab's. */
export interface Distance {
  readonly logits: number;
  readonly features: number;
  /** The largest logit and the largest feature. Single precision has seven digits of them. */
  readonly largestLogit: number;
  readonly largestFeature: number;
  /** How far both are from double precision, where it is known: pairlab's logits and the graph's. */
  readonly oursFromExact: number;
  readonly theirsFromExact: number;
  readonly probability: number;
  /** Pairs that are decided otherwise, and images whose likeliest class is another. */
  readonly decisions: number;
  /** How many there are. */
  readonly pairs: number;
}

export function distanceOf(answers: Answers, { expected, asked, exact = [] }: Case): Distance {
  const { logits, features, probabilities, holds, digits: classes } = expected;
  const count = asked.first.length / asked.shape.reduce((product, length) => product * length, 1);
  const size = features ? features.length / (2 * count) : 0;
  const of = (name: string): ArrayLike<number> => {
    const found = answers[name];
    if (!found) throw new Error(`the graph has no output ${name}`);
    return found.data;
  };
  const side = (second: 0 | 1) =>
    Float32Array.from(
      { length: count * size },
      (_, i) => (features as Float32Array)[(2 * Math.floor(i / size) + second) * size + (i % size)] as number,
    );
  return {
    logits: apart(of("logits"), logits),
    features: features ? Math.max(apart(of("first_features"), side(0)), apart(of("second_features"), side(1))) : 0,
    largestLogit: largest(logits),
    largestFeature: largest(features ?? []),
    oursFromExact: apart(Array.from(logits).slice(0, exact.length), exact),
    theirsFromExact: apart(Array.from(of("logits")).slice(0, exact.length), exact),
    probability: apart(of("probability"), probabilities),
    decisions: unlike(of("holds"), holds) + (classes ? unlike(of("digits"), classes) : 0),
    pairs: count,
  };
}

/** The largest distance of two lists' elements; infinite where one of them is no number, or a list is longer. */
function apart(given: ArrayLike<number>, due: ArrayLike<number>): number {
  if (given.length !== due.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < due.length; i++) {
    const distance = Math.abs((given[i] as number) - (due[i] as number));
    if (!(distance <= most)) most = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  }
  return most;
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const unlike = (given: ArrayLike<number>, due: ArrayLike<number>): number =>
  Array.from(due).filter((value, i) => Number(given[i]) !== value).length + Math.abs(given.length - due.length);
