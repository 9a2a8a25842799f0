import { fields, flag, method, oneOf, optional, partly, text, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import { SETTINGS } from "../settings/table.js";
import { checkImages, checkPixels } from "./check-images.js";
import { type ClassNumbers, inputOf, type LabelledImages } from "./images.js";
import { pool2x2 } from "./pooling.js";
import {
  type CountedImages,
  type CountedSets,
  chooseImages,
  DEFAULT_PAIRS,
  EVALUATION_PAIRS,
  type ImageSets,
  NUMBER_OF_PAIRS,
  type PairRules,
  type PairSetOptions,
} from "./pools.js";
import { type Relation, relationNamed } from "./relations.js";

/** Pairs of images with what is known about them. */
export interface Pairs {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classCount: number;
  /** `[count, 2, channels, height, width]`: pixels of 0–255, less the background where there is one. */
  readonly images: Float32Array;
  /** What was taken off the pixels of each channel; absent where nothing was. */
  readonly background?: readonly number[];
  /** [count, 2]. */
  readonly classes: ClassNumbers;
  /** `[count]`: 1 where the relation holds. */
  readonly targets: Uint8Array;
}

/** What one round's networks are trained on and what they are tested on. */
export interface PairSet {
  readonly train: Pairs;
  readonly test: Pairs;
  /** What the targets say of the classes. */
  readonly relation: Relation;
}

const OPTIONS = fields(
  {
    trainPairs: optional(NUMBER_OF_PAIRS),
    testPairs: optional(NUMBER_OF_PAIRS),
    evaluateOn: optional(oneOf(EVALUATION_PAIRS)),
    relation: optional(partly({ name: text, holds: method })),
    balance: optional(flag),
    split: optional(oneOf(["images", "classes"])),
    reuse: optional(flag),
    dataSeed: optional(within(SEEDS)),
  },
  "option",
);

/**
 * The pair set of one seed: pairs of images, the training pairs from the training images and the test pairs from the test images
 * or from training images that are left, no image twice in either unless `reuse` allows it. Images are 2×2-pooled unless they
 * say otherwise (`LabelledImages.pooling`).
 *
 * @throws InvalidRequest when there are fewer images than the pairs need, or images, seed or options are not what they should be
 */
export function samplePairSet(images: ImageSets, seed: number, options: PairSetOptions = {}): PairSet {
  OPTIONS(options, "");
  const defaults = { trainPairs: DEFAULT_PAIRS, testPairs: DEFAULT_PAIRS, evaluateOn: SETTINGS.evaluateOn.usual };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return pairSetOf(images, seed, { ...defaults, relation: relationNamed(SETTINGS.relation.usual), ...given });
}

/** The same, where nothing goes without saying: what belongs to a job. */
export function pairSetOf(images: ImageSets, seed: number, rules: PairRules): PairSet {
  partly({})(images, "images");
  const { train, test, validation } = images;
  checkImages(train, "images.train");
  checkImages(test, "images.test");
  if (validation) checkImages(validation, "images.validation");
  const { relation } = rules;
  const { training, measured } = chooseImages(images, seed, rules);
  const answers = listedAnswers(images);
  return {
    train: makePairs(train, "images.train", training, relation, answers),
    test: makePairs(measured.from, `images.${measured.set}`, measured.numbers, relation, answers),
    relation,
  };
}

/**
 * The pairs of images by their numbers, as `drawPairs` gives them.
 *
 * @param what  names the images: "images.test"
 * @throws InvalidRequest where there are no pixels, or a label is no class
 */
export function makePairs(
  from: LabelledImages,
  what: string,
  chosen: Uint32Array,
  relation: Relation,
  listed?: ListedAnswers,
): Pairs {
  if (chosen.length > 0) checkPixels(from, what);
  const { height, width, channels, classes: classCount } = inputOf(from);
  const [size, stored] = [height * width, from.height * from.width];
  const images = new Float32Array(chosen.length * channels * size);
  const classes = classCount > 256 ? new Uint16Array(chosen.length) : new Uint8Array(chosen.length);
  const placeOf = placesIn(from);
  chosen.forEach((index, i) => {
    const label = from.labels[index] as number;
    if (label >= Math.max(classCount, 1))
      throw new InvalidRequest(`${what}.labels[${index}] is ${label}, not a class from 0 to ${classCount - 1}`);
    classes[i] = label;
    const place = placeOf(index);
    for (let channel = 0; channel < channels; channel++) {
      const [at, to] = [place * channels + channel, i * channels + channel];
      writeSeen(from, at * stored, channel, images.subarray(to * size, (to + 1) * size));
    }
  });
  const count = chosen.length / 2;
  const targets = Uint8Array.from({ length: count }, (_, i) =>
    listed
      ? (listed.get(pairKey(chosen[2 * i] as number, chosen[2 * i + 1] as number)) as number)
      : Number(relation.holds(classes[2 * i] as number, classes[2 * i + 1] as number)),
  );
  const { background } = from;
  const shape = { count, height, width, channels, classCount };
  return { ...shape, images, ...(background?.some(Boolean) && { background }), classes, targets };
}

/** How many pairs have the right answer yes, and how many have no. */
export interface RightAnswers {
  readonly yes: number;
  readonly no: number;
}

/**
 * Counts the right answers of the pairs that a seed's networks are measured on, without their pixels.
 *
 * @throws InvalidRequest when there are fewer images than the pairs need
 */
export function rightAnswers(images: CountedSets<CountedImages>, seed: number, rules: PairRules): RightAnswers {
  const { from, numbers } = chooseImages(images, seed, rules).measured;
  const listed = listedAnswers(images);
  const pairs = numbers.length / 2;
  let yes = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const [first, second] = [numbers[2 * pair] as number, numbers[2 * pair + 1] as number];
    const holds = listed
      ? listed.get(pairKey(first, second)) === 1
      : rules.relation.holds(from.labels[first] as number, from.labels[second] as number);
    if (holds) yes++;
  }
  return { yes, no: pairs - yes };
}

/** The answers of given pairs, 1 or 0, by the numbers of their images. */
export type ListedAnswers = ReadonlyMap<number, number>;

const pairKey = (first: number, second: number): number => first * 2 ** 26 + second;

/** The answers of a data set whose pairs are given; undefined of another. */
export function listedAnswers({ listed }: Pick<ImageSets, "listed">): ListedAnswers | undefined {
  if (!listed) return undefined;
  const answers = new Map<number, number>();
  for (const { images, targets } of Object.values(listed))
    targets.forEach((target: number, pair: number) => {
      answers.set(pairKey(images[2 * pair] as number, images[2 * pair + 1] as number), target);
    });
  return answers;
}

/** What networks see of one channel of an image. */
function writeSeen(from: LabelledImages, start: number, channel: number, seen: Float32Array): void {
  const { height, width, pixels, pooling = 2, background } = from;
  const channelPixels = pixels.subarray(start, start + height * width);
  if (pooling === 2) pool2x2(channelPixels, height, width, seen);
  else seen.set(channelPixels);
  const [unit, around] = [pixels.BYTES_PER_ELEMENT === 2 ? 256 : 1, background?.[channel] ?? 0];
  if (unit === 1 && around === 0) return;
  for (let i = 0; i < seen.length; i++) seen[i] = (seen[i] as number) / unit - around;
}

/**
 * Pairs of images that others consist of.
 *
 * @param chosen  images counted over both of all pairs: the first two are pair 1
 */
export function repaired(pairs: Pairs, chosen: ArrayLike<number>, { holds }: Pick<Relation, "holds">): Pairs {
  const size = pairs.channels * pairs.height * pairs.width;
  const images = new Float32Array(chosen.length * size);
  const own = pairs.classCount > 256 ? new Uint16Array(chosen.length) : new Uint8Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) {
    const image = chosen[i] as number;
    images.set(pairs.images.subarray(image * size, (image + 1) * size), i * size);
    own[i] = pairs.classes[image] as number;
  }
  const count = chosen.length / 2;
  const targets = Uint8Array.from({ length: count }, (_, pair) =>
    Number(holds(own[2 * pair] as number, own[2 * pair + 1] as number)),
  );
  return { ...pairs, count, images, classes: own, targets };
}

/** Where an image lies among those that are held. */
function placesIn({ held }: LabelledImages): (image: number) => number {
  if (!held) return (image) => image;
  const places = new Map(Array.from(held, (image, place) => [image, place]));
  return (image) => {
    const place = places.get(image);
    if (place === undefined) throw new Error(`image ${image} is drawn but not held`);
    return place;
  };
}
