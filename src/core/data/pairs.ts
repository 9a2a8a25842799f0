import { fields, method, oneOf, optional, partly, text, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import type { InputSpec } from "../network/index.js";
import { Stream } from "../random/index.js";
import { SETTING_LIMITS, SETTINGS } from "../settings/table.js";
import type { SettingValueOf } from "../settings/training-settings.js";
import { checkImages, checkPixels } from "./check-images.js";
import type { ClassNumbers, LabelledImages } from "./images.js";
import { pool2x2 } from "./pooling.js";
import { type Relation, relationNamed } from "./relations.js";

/** Pairs of images with what is known about them. */
export interface Pairs {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classCount: number;
  /** [count, 2, channels, height, width]: pixels of 0–255, less the background where there is one. */
  readonly images: Float32Array;
  /** What was taken off the pixels of each channel; absent where nothing was. */
  readonly background?: readonly number[];
  /** [count, 2]. */
  readonly classes: ClassNumbers;
  /** [count]: 1 where the relation holds. */
  readonly targets: Uint8Array;
}

/** What one round's networks are trained on and what they are tested on. */
export interface PairSet {
  readonly train: Pairs;
  readonly test: Pairs;
  /** What the targets say of the classes. */
  readonly relation: Relation;
}

/** Training pairs of a round, and its test pairs, where nothing else is asked for. */
export const DEFAULT_PAIRS = SETTINGS.trainPairs.usual;

/** Pairs of the test images, for reporting, or of training images that a round does not train on, for every choice. */
export type EvaluationPairs = SettingValueOf<"evaluateOn">;
export const EVALUATION_PAIRS = SETTINGS.evaluateOn.names;

/** How many pairs `samplePairSet` draws, of which images, and what is asked of them. */
export interface PairSetOptions {
  /** Training pairs; default 1,000. A smaller number gives the first of a larger one's. */
  readonly trainPairs?: number;
  /** Test pairs; default 1,000. */
  readonly testPairs?: number;
  /** Where the test pairs come from; default test. */
  readonly evaluateOn?: EvaluationPairs;
  /** Default less or equal. */
  readonly relation?: Relation;
}

/** None leaves a set empty, for whoever wants the other alone. */
const NUMBER_OF_PAIRS = within({ ...SETTING_LIMITS.trainPairs, least: 0 });
const OPTIONS = fields(
  {
    trainPairs: optional(NUMBER_OF_PAIRS),
    testPairs: optional(NUMBER_OF_PAIRS),
    evaluateOn: optional(oneOf(EVALUATION_PAIRS)),
    relation: optional(partly({ name: text, holds: method })),
  },
  "option",
);

/**
 * The pair set of one seed: pairs of 2×2-pooled images, the training pairs from the training images and the test pairs
 * from the test images or from training images that are left, no image twice in either.
 *
 * @throws InvalidRequest when there are fewer images than the pairs need, or images, seed or options are not what they should be
 */
export function samplePairSet(
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  seed: number,
  options: PairSetOptions = {},
): PairSet {
  OPTIONS(options, "");
  const defaults = { trainPairs: DEFAULT_PAIRS, testPairs: DEFAULT_PAIRS, evaluateOn: SETTINGS.evaluateOn.usual };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return pairSetOf(images, seed, { ...defaults, relation: relationNamed(SETTINGS.relation.usual), ...given });
}

/** The same, where nothing goes without saying: what belongs to a job. */
export function pairSetOf(
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  seed: number,
  options: Required<PairSetOptions>,
): PairSet {
  partly({})(images, "images");
  const { relation, evaluateOn } = options;
  const { train, test } = images;
  checkImages(train, "images.train");
  checkImages(test, "images.test");
  const [which, from] = evaluateOn === "test" ? (["test", "test"] as const) : (["validation", "train"] as const);
  return {
    train: makePairs(train, "images.train", drawPairs("training", seed, train.count, options), relation),
    test: makePairs(images[from], `images.${from}`, drawPairs(which, seed, images[from].count, options), relation),
    relation,
  };
}

/**
 * The numbers of the images that a seed's pairs consist of: the first two are pair 1, the next two pair 2. Validation pairs
 * are of the training images that the training pairs leave.
 *
 * @param count  how many images there are, test images for test pairs and training images for the others
 * @throws InvalidRequest when there are fewer images than the pairs need.
 */
export function drawPairs(
  which: "training" | EvaluationPairs,
  seed: number,
  count: number,
  { trainPairs = DEFAULT_PAIRS, testPairs = DEFAULT_PAIRS }: Pick<PairSetOptions, "trainPairs" | "testPairs"> = {},
  names: PairCountNames = LIBRARY,
): Uint32Array {
  oneOf(["training", ...EVALUATION_PAIRS])(which, "which pairs");
  requirePairs(which, { trainPairs, testPairs }, count, names);
  if (which !== "validation") {
    const pairs = which === "training" ? trainPairs : testPairs;
    return new Stream(seed, `${which} pairs`).sample(2 * pairs, count);
  }
  const taken = new Set(drawPairs("training", seed, count, { trainPairs }));
  const left = Uint32Array.from({ length: count }, (_, image) => image).filter((image) => !taken.has(image));
  const places = new Stream(seed, "validation pairs").sample(2 * testPairs, left.length);
  return places.map((place) => left[place] as number);
}

/** What decides what networks see of images. */
export type ImageShape = Pick<LabelledImages, "height" | "width" | "channels" | "classes" | "pooling">;

/**
 * What networks see of images, after pooling.
 *
 * @throws InvalidRequest where nothing is left to see
 */
export function inputOf({ height, width, channels = 1, classes = 10, pooling = 2 }: ImageShape): InputSpec {
  if (!(height >= pooling && width >= pooling))
    throw new InvalidRequest(
      `images of ${height}×${width} pixels leave nothing when 2×2 blocks are averaged: they must be 2×2 at least`,
    );
  return { height: Math.floor(height / pooling), width: Math.floor(width / pooling), channels, classes };
}

/** How whoever asked for pairs can ask for others. */
export interface PairCountNames {
  readonly trainPairs: string;
  /** Absent where their number is given. */
  readonly testPairs?: string;
  /** How to be measured on training images. Absent where that is not possible. */
  readonly validation?: string;
}

const LIBRARY: PairCountNames = {
  trainPairs: "trainPairs",
  testPairs: "testPairs",
  validation: 'evaluateOn: "validation"',
};

/**
 * @param count  how many images there are, test images for test pairs and training images for the others
 * @param names  for the error: how to ask for other pairs
 * @throws InvalidRequest when there are fewer images than the pairs need, no image twice, or a count is none
 */
export function requirePairs(
  which: "training" | EvaluationPairs,
  { trainPairs, testPairs }: { readonly trainPairs: number; readonly testPairs: number },
  count: number,
  names: PairCountNames = LIBRARY,
): void {
  COUNTS({ trainPairs, testPairs, count }, "");
  const pairs = which === "training" ? trainPairs : testPairs;
  const images = which === "validation" ? Math.max(count - 2 * trainPairs, 0) : count;
  if (2 * pairs <= images) return;
  const kind = which === "test" ? "test" : "training";
  const left = which === "validation" ? ` beside those of ${trainPairs} training pairs` : "";
  const most = (number: number, of: string, name: string | undefined) =>
    number > 0 && name ? [`take at most ${number} ${of} pairs (${name})`] : [];
  const means = {
    training: [...most(Math.floor(count / 2), "training", names.trainPairs)],
    test: [
      ...most(Math.floor(count / 2), "test", names.testPairs),
      ...(names.validation ? [`measure on training images (${names.validation})`] : []),
    ],
    validation: [
      ...most(Math.floor(images / 2), "validation", names.testPairs),
      ...most(Math.floor(count / 2) - testPairs, "training", names.trainPairs),
    ],
  };
  const more = `use data with ${2 * (pairs + (which === "validation" ? trainPairs : 0))} ${kind} images`;
  throw new InvalidRequest(
    `${pairs} ${which} pairs need ${2 * pairs} distinct images, but there are ${images}${left}: ${[...means[which], more].join(", or ")}`,
  );
}

const COUNTS = fields({ trainPairs: NUMBER_OF_PAIRS, testPairs: NUMBER_OF_PAIRS, count: within(SEEDS) });

/**
 * The pairs of images by their numbers, as `drawPairs` gives them.
 *
 * @param what  names the images: "images.test"
 * @throws InvalidRequest where there are no pixels, or a label is no class
 */
export function makePairs(from: LabelledImages, what: string, chosen: Uint32Array, relation: Relation): Pairs {
  if (chosen.length > 0) checkPixels(from, what);
  const { height, width, channels, classes: classCount } = inputOf(from);
  const [size, stored] = [height * width, from.height * from.width];
  const images = new Float32Array(chosen.length * channels * size);
  const classes = classCount > 256 ? new Uint16Array(chosen.length) : new Uint8Array(chosen.length);
  const placeOf = placesIn(from);
  chosen.forEach((index, i) => {
    const label = from.labels[index] as number;
    if (label >= classCount)
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
    Number(relation.holds(classes[2 * i] as number, classes[2 * i + 1] as number)),
  );
  const { background } = from;
  const shape = { count, height, width, channels, classCount };
  return { ...shape, images, ...(background?.some(Boolean) && { background }), classes, targets };
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
