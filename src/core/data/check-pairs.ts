import { counting, method, numbers, optional, partly, shown, text, typed, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { CLASSES } from "../limits.js";
import { bytesOrWords } from "./check-images.js";
import type { ClassNumbers } from "./images.js";
import type { PixelScale } from "./normalization.js";
import type { PairSet, Pairs } from "./pairs.js";
import type { Relation } from "./relations.js";

const SIZES = ["height", "width", "channels", "classCount"] as const;

const DIMENSIONS = partly({
  count: counting,
  height: counting,
  width: counting,
  channels: counting,
  classCount: within(CLASSES),
  background: optional(numbers(1)),
});

/**
 * Checks sizes and labels. Pixels are not looked at: whoever goes through them says which is no number (`requireFinite`).
 *
 * @param what  names the pairs: "train"
 * @throws InvalidRequest naming the first thing that is wrong
 */
export function checkPairs(pairs: Pairs, what: string): void {
  DIMENSIONS(pairs, what);
  const { count, height, width, channels, classCount, images, classes, targets } = pairs;
  const size = 2 * count * channels * height * width;
  typed("Float32Array", size, `${count} × 2 × ${channels} × ${height} × ${width}`)(images, `${what}.images`);
  bytesOrWords(2 * count, `${count} × 2`)(classes, `${what}.classes`);
  typed("Uint8Array", count)(targets, `${what}.targets`);
  requireBelow(classes, Math.max(classCount, 1), `${what}.classes`);
  requireBelow(targets, 2, `${what}.targets`);
}

function requireBelow(labels: ClassNumbers, end: number, what: string): void {
  const stray = labels.findIndex((label) => label >= end);
  if (stray >= 0)
    throw new InvalidRequest(`${what}[${stray}] must be a whole number from 0 to ${end - 1}, not ${labels[stray]}`);
}

const RELATION = partly({ name: text, holds: method });

/**
 * Checks a pair set, but for its pixels.
 *
 * @returns its relation
 * @throws InvalidRequest naming the first thing that is wrong
 */
export function checkPairSet(set: PairSet): Relation {
  partly({})(set, "the pair set");
  const { train, test, relation } = set;
  checkPairs(train, "train");
  checkPairs(test, "test");
  for (const size of SIZES)
    if (train[size] !== test[size])
      throw new InvalidRequest(
        `test.${size} is ${test[size]} and train.${size} ${train[size]}: both must have images of one size and as many classes`,
      );
  RELATION(relation, "relation");
  return relation;
}

/** @throws InvalidRequest where targets are not what the relation says, by which images that are paired anew get theirs */
export function checkTargets({ classes, targets }: Pairs, { name, holds }: Relation, why: string): void {
  const stray = targets.findIndex(
    (target, pair) => target !== Number(holds(classes[2 * pair] as number, classes[2 * pair + 1] as number)),
  );
  if (stray < 0) return;
  const those = `${classes[2 * stray]} and ${classes[2 * stray + 1]}`;
  throw new InvalidRequest(
    `train.targets[${stray}] is ${targets[stray]}, but ${name} says otherwise of the classes ${those}: ${why} makes new pairs, whose targets are the relation's`,
  );
}

/** @throws InvalidRequest where pixels cannot be scaled like that */
export function checkScale(scale: PixelScale): void {
  partly({})(scale, "scale");
  const { mean, deviation } = scale;
  if (!Number.isFinite(mean)) throw new InvalidRequest(`scale.mean must be a finite number, not ${shown(mean)}`);
  if (!(deviation > 0 && deviation < Number.POSITIVE_INFINITY))
    throw new InvalidRequest(`scale.deviation must be a number above 0, not ${shown(deviation)}`);
}
