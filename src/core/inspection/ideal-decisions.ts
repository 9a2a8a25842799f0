import type { Pairs } from "../data/index.js";
import { type Outputs, PassingPairs } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { TrainedNetwork } from "../training/index.js";
import { checkTrained } from "./check-trained.js";
import { decisionOf } from "./decision.js";
import { pairLogits } from "./pair-logits.js";

/** A network's decisions on each pair of ideal digits. */
export interface IdealDecisions {
  readonly classCount: number;
  /** `[first digit, second digit]`: the probability that the relation holds, as in `Decision`. */
  readonly probabilities: Float64Array;
  /** `[first digit, second digit]`: 1 where the network decides that it holds. */
  readonly holds: Uint8Array;
}

/**
 * A network's decisions on pairs of ideal digits. They show what the head has learned of the relation, apart from how the trunk sees
 * unclear images.
 *
 * An ideal digit is the mean of the trunk's outputs over all images of a class, first and second alike. With members or views, the
 * outputs are the mean over these. With separate trunks, an ideal first digit is the mean of the first trunk's outputs over first
 * images, and an ideal second digit that of the second trunk's over second images. If the trunk ends in digit logits, the mean is one
 * of logits, and a head of `softmax` compares the beliefs that they give. A network without a trunk sees the mean images. Without a
 * head, the rule compares the ideal digits' likeliest classes.
 *
 * @param pairs  the pairs over which the means are taken: the training pairs
 * @throws InvalidRequest where network or pairs are invalid, or a class has no image for its mean
 */
export function idealDecisions(trained: TrainedNetwork, pairs: Pairs): IdealDecisions {
  checkTrained(trained, "network");
  const { model, scale } = trained;
  const { network, relation } = model;
  const { features } = model.outputs(new PassingPairs(pairs, scale));
  const { classCount } = pairs;
  const seen = features ?? pairs.images;
  const width = seen.length / (2 * pairs.count);
  const means = [0, 1].map((side) => classMeans(seen, width, pairs, network.separate ? side : undefined));
  const ideal = everyPair(means as [Float32Array, Float32Array], width, classCount);
  const outputs: Outputs = features
    ? { features: ideal, ...(network.head.length > 0 && { answers: model.answersTo(ideal) }) }
    : model.outputs(new PassingPairs(idealPairs(ideal, pairs), scale));
  const probabilities = new Float64Array(classCount ** 2);
  const holds = new Uint8Array(classCount ** 2);
  for (let cell = 0; cell < classCount ** 2; cell++) {
    const decision = decisionOf(pairLogits(outputs, network, cell), relation);
    probabilities[cell] = decision.probability;
    holds[cell] = Number(decision.holds);
  }
  return { classCount, probabilities, holds };
}

/**
 * The mean over each class's images.
 *
 * @param seen  [pairs, 2, width]
 * @param side  0 for only the first images, 1 for only the second; undefined for both
 * @returns [classes, width]
 */
function classMeans(
  seen: Float32Array,
  width: number,
  { classes, classCount }: Pairs,
  side: number | undefined,
): Float32Array {
  const sums = new Float64Array(classCount * width);
  const counts = new Float64Array(classCount);
  classes.forEach((digit, image) => {
    if (side !== undefined && image % 2 !== side) return;
    counts[digit] = (counts[digit] as number) + 1;
    for (let k = 0; k < width; k++)
      sums[digit * width + k] = (sums[digit * width + k] as number) + (seen[image * width + k] as number);
  });
  const missing = counts.indexOf(0);
  const which = side === undefined ? "" : ["first ", "second "][side];
  if (missing >= 0)
    throw new InvalidRequest(
      `no ${which}image is of class ${missing}: ideal images need at least one image of each class`,
    );
  return Float32Array.from(sums, (sum, at) => sum / (counts[Math.floor(at / width)] as number));
}

/** Each first class beside each second: [classes, classes, 2, width]. */
function everyPair(
  [first, second]: readonly [Float32Array, Float32Array],
  width: number,
  classes: number,
): Float32Array {
  const all = new Float32Array(classes ** 2 * 2 * width);
  for (let a = 0, to = 0; a < classes; a++)
    for (let b = 0; b < classes; b++, to += 2 * width) {
      all.set(first.subarray(a * width, (a + 1) * width), to);
      all.set(second.subarray(b * width, (b + 1) * width), to + width);
    }
  return all;
}

/** Pairs of images without labels: nothing reads their classes and targets. */
const idealPairs = (images: Float32Array, pairs: Pairs): Pairs => {
  const count = pairs.classCount ** 2;
  return { ...pairs, count, images, classes: new Uint8Array(2 * count), targets: new Uint8Array(count) };
};
