import { fields, flag, method, oneOf, optional, partly, text, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import type { InputSpec } from "../network/index.js";
import { Stream } from "../random/index.js";
import { SETTING_LIMITS, SETTINGS } from "../settings/table.js";
import type { SettingValueOf } from "../settings/training-settings.js";
import { checkImages, checkPixels } from "./check-images.js";
import { type ClassPart, classParts, drawPairsFrom, type ListedPairs, mostPairsFrom, type Pool } from "./drawing.js";
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
  /** Every other pair has the answer yes; default false: pairs as they are drawn. */
  readonly balance?: boolean;
  /** What training, validation and test pairs do not share; default images. */
  readonly split?: PairSplit;
  /** An image may be in several pairs, and no two images meet twice; default false: each image is in one pair at most. */
  readonly reuse?: boolean;
}

/** What training and test pairs do not share: images only, or classes too. */
export type PairSplit = "images" | "classes";

/** None leaves a set empty, for whoever wants the other alone. */
const NUMBER_OF_PAIRS = within({ ...SETTING_LIMITS.trainPairs, least: 0 });
const OPTIONS = fields(
  {
    trainPairs: optional(NUMBER_OF_PAIRS),
    testPairs: optional(NUMBER_OF_PAIRS),
    evaluateOn: optional(oneOf(EVALUATION_PAIRS)),
    relation: optional(partly({ name: text, holds: method })),
    balance: optional(flag),
    split: optional(oneOf(["images", "classes"])),
    reuse: optional(flag),
  },
  "option",
);

/** Images without their pixels: enough to say which pairs there are. */
export type CountedImages = Omit<LabelledImages, "pixels" | "held">;

/** Training and test images to draw pairs from. */
export type ImageSets = CountedSets<LabelledImages>;

export interface CountedSets<Images> {
  readonly train: Images;
  readonly test: Images;
  /** Absent: validation pairs are of training images. */
  readonly validation?: Images;
  /** `train` and `test` are the same images, which no one has split yet: a fifth of each class is for test pairs. */
  readonly unsplit?: true;
  /** Where pairs are given with their answers; `train` and `test` are then the same images. */
  readonly listed?: Readonly<Record<"training" | "validation" | "test", ListedPairs>>;
}

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

/** What pairs are drawn by: a job says all of it. */
export type PairRules = Required<Pick<PairSetOptions, "trainPairs" | "testPairs" | "evaluateOn" | "relation">> &
  Pick<PairSetOptions, "balance" | "split" | "reuse">;

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

/** The images that a seed's pairs consist of, and which images the measured pairs are of. */
interface ChosenImages<Images> {
  readonly training: Uint32Array;
  readonly measured: {
    readonly from: Images;
    readonly set: "train" | "test" | "validation";
    readonly numbers: Uint32Array;
  };
}

function chooseImages<Images extends CountedImages>(
  images: CountedSets<Images>,
  seed: number,
  rules: PairRules,
  names?: PairCountNames,
): ChosenImages<Images> {
  const { train, test } = images;
  const { evaluateOn } = rules;
  const draw = (which: "training" | EvaluationPairs, count: number) => drawPairs(which, seed, count, rules, names);
  if (isPlain(images, rules)) {
    const [set, from] = evaluateOn === "test" ? (["test", test] as const) : (["train", train] as const);
    const training = draw("training", train.count);
    return { training, measured: { from, set, numbers: draw(evaluateOn, from.count) } };
  }
  const pools = poolsOf(images, seed, rules);
  const drawFrom = (kind: "training" | EvaluationPairs, pool: Pool, pairs: number) =>
    drawPairsFrom({ ...pool, kind }, pairs, new Stream(seed, `${kind} pairs`), rules);
  const training = drawFrom("training", pools.training, rules.trainPairs);
  if (evaluateOn === "test") {
    if (rules.testPairs > 0) requireHeldOut(images, pools.test, rules);
    return { training, measured: { from: test, set: "test", numbers: drawFrom("test", pools.test, rules.testPairs) } };
  }
  const taken = new Set(training);
  const left = { ...pools.training, numbers: pools.training.numbers.filter((image) => !taken.has(image)) };
  const numbers = drawFrom("validation", pools.validation ?? left, rules.testPairs);
  const [set, from] = images.validation ? (["validation", images.validation] as const) : (["train", train] as const);
  return { training, measured: { from, set, numbers } };
}

/**
 * Sees that a seed's pairs can be drawn.
 *
 * @param names  for the error: how to ask for other pairs
 * @throws InvalidRequest when there are fewer images than the pairs need
 */
export function requirePairSet(
  images: CountedSets<CountedImages>,
  seed: number,
  rules: PairRules,
  names?: PairCountNames,
): void {
  if (!isPlain(images, rules)) {
    chooseImages(images, seed, rules);
    return;
  }
  requirePairs("training", rules, images.train.count, names);
  requirePairs(rules.evaluateOn, rules, (rules.evaluateOn === "test" ? images.test : images.train).count, names);
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

/** How many test pairs the test images make under a seed, no image twice; where images may be in several, the rules' own number. */
export function mostTestPairs(images: CountedSets<CountedImages>, seed: number, rules: PairRules): number {
  if (isPlain(images, rules)) return Math.floor(images.test.count / 2);
  if (rules.reuse) return rules.testPairs;
  return mostPairsFrom(poolsOf(images, seed, rules).test, new Stream(seed, "test pairs"), rules);
}

/** Where validation pairs are of what training pairs leave, they are left a fifth of the images. */
const TRAINED_PART = 0.8;

/**
 * How many pairs a seed's images make at most.
 *
 * @returns training pairs beside which there are validation pairs; and measured pairs beside the rules' training pairs
 */
export function mostPairs(
  images: CountedSets<CountedImages>,
  seed: number,
  rules: PairRules,
): { readonly training: number; measured(): number } {
  const { evaluateOn, trainPairs } = rules;
  const beside = (all: number) => Math.floor(all * TRAINED_PART);
  if (isPlain(images, rules)) {
    const [all, test] = [images.train.count, images.test.count].map((count) => Math.floor(count / 2)) as [
      number,
      number,
    ];
    return { training: beside(all), measured: () => (evaluateOn === "test" ? test : all - trainPairs) };
  }
  const pools = poolsOf(images, seed, rules);
  const most = (kind: "training" | EvaluationPairs, pool: Pool) =>
    mostPairsFrom(pool, new Stream(seed, `${kind} pairs`), rules);
  const all = most("training", pools.training);
  return {
    training: pools.validation ? all : beside(all),
    measured() {
      if (evaluateOn === "test") return most("test", pools.test);
      if (pools.validation) return most("validation", pools.validation);
      const { training } = chooseImages(images, seed, { ...rules, evaluateOn: "test", testPairs: 0 });
      const taken = new Set(training);
      const numbers = pools.training.numbers.filter((image) => !taken.has(image));
      return most("validation", { ...pools.training, numbers });
    },
  };
}

/** How many pairs a network is measured on, and how many its thresholds are chosen on. */
export interface MeasuredCounts {
  /** Default all that `mostTestPairs` says. */
  readonly pairs?: number;
  /** Default as many, or as there are. */
  readonly validationPairs?: number;
}

/**
 * The images of test pairs and of validation pairs, none of which a seed's training pairs have: the first two are pair 1.
 *
 * @returns their numbers, and among which images the validation pairs' are counted
 * @throws InvalidRequest when there are fewer images than the pairs need
 */
export function imagesToMeasure(
  images: CountedSets<CountedImages>,
  seed: number,
  rules: PairRules,
  { pairs = Math.max(mostTestPairs(images, seed, rules), 1), validationPairs }: MeasuredCounts = {},
): { readonly test: Uint32Array; readonly validation: Uint32Array; readonly validationSet: "train" | "validation" } {
  const pools = poolsOf(images, seed, rules);
  const draw = (kind: "training" | EvaluationPairs, pool: Pool, count: number) =>
    drawPairsFrom({ ...pool, kind }, count, new Stream(seed, `${kind} pairs`), rules);
  requireHeldOut(images, pools.test, rules);
  const { training } = pools;
  const taken = pools.validation ? undefined : new Set(draw("training", training, rules.trainPairs));
  const left = taken && { ...training, numbers: training.numbers.filter((image) => !taken.has(image)) };
  const pool = pools.validation ?? (left as Pool);
  const most = () => Math.min(pairs, mostPairsFrom(pool, new Stream(seed, "validation pairs"), rules));
  return {
    test: draw("test", pools.test, pairs),
    validation: draw("validation", pool, validationPairs ?? most()),
    validationSet: images.validation ? "validation" : "train",
  };
}

/** The numbers of the training images that a seed's training pairs consist of, each once. */
export const trainedImages = (images: CountedSets<CountedImages>, seed: number, rules: PairRules): number[] => [
  ...new Set(chooseImages(images, seed, { ...rules, testPairs: 0 }).training),
];

/**
 * The images of test pairs among images of another data set than the one that a run was trained on.
 *
 * @param isLeftOut  of an image's number: no pair has it
 * @param pairs  default all that the images make, no image twice; where images may be in several pairs 1,000, or as there are
 */
export function unseenImagesToMeasure(
  images: Pick<CountedSets<CountedImages>, "test" | "listed">,
  seed: number,
  rules: PairRules,
  isLeftOut: (image: number) => boolean,
  pairs?: number,
): Uint32Array {
  const { test } = images;
  const listed = pairsLeft(images, isLeftOut);
  const pool = {
    numbers: Uint32Array.from({ length: test.count }, (_, image) => image).filter((image) => !isLeftOut(image)),
    labels: test.labels,
    kind: "test",
    ...(listed && { listed }),
  };
  const most = () =>
    Math.min(mostPairsFrom(pool, new Stream(seed, "test pairs"), rules), rules.reuse ? DEFAULT_PAIRS : Infinity);
  return drawPairsFrom(pool, pairs ?? Math.max(most(), 1), new Stream(seed, "test pairs"), rules);
}

/** All given pairs but those that have an image which is left out; undefined of a data set whose pairs are not given. */
export function pairsLeft(
  { listed }: Pick<CountedSets<CountedImages>, "listed">,
  isLeftOut: (image: number) => boolean,
): ListedPairs | undefined {
  if (!listed) return undefined;
  const pairs = Object.values(listed).flatMap(({ images, targets }: ListedPairs) =>
    Array.from(targets, (target, pair) => ({
      images: [images[2 * pair] as number, images[2 * pair + 1] as number],
      target,
    })),
  );
  const left = pairs.filter(({ images }) => !images.some(isLeftOut));
  return {
    images: Uint32Array.from(left.flatMap(({ images }) => images)),
    targets: Uint8Array.from(left, ({ target }) => target),
  };
}

/** Whether a seed and a number of images say which images are drawn, whatever their classes. */
export const drawsByNumber = ({
  balance,
  split,
  reuse,
}: Pick<PairSetOptions, "balance" | "split" | "reuse">): boolean => !balance && split !== "classes" && !reuse;

const isPlain = ({ validation, unsplit, listed }: CountedSets<unknown>, rules: PairRules): boolean =>
  drawsByNumber(rules) && !validation && !unsplit && !listed;

/** Where no one has split images, one in so many of each class is for test pairs. */
const TEST_PART = 5;
/** Where images are in several pairs, one in so many is for validation pairs. */
const VALIDATION_PART = 5;

interface Pools {
  readonly training: Pool;
  readonly test: Pool;
  readonly validation?: Pool;
}

/** What a seed's pairs are drawn from. Without a validation pool, validation pairs are of what the training pairs leave. */
function poolsOf(images: CountedSets<CountedImages>, seed: number, { split, reuse, evaluateOn }: PairRules): Pools {
  const { train, test, validation, unsplit, listed } = images;
  if (listed) {
    const pool = (of: ListedPairs): Pool => ({ numbers: new Uint32Array(), labels: train.labels, listed: of });
    return { training: pool(listed.training), validation: pool(listed.validation), test: pool(listed.test) };
  }
  const { classes } = inputOf(train);
  const byClass = split === "classes";
  const parts = byClass ? classParts(seed, classes, evaluateOn === "validation" && !validation) : undefined;
  const held = unsplit && !byClass ? heldOut(train, classes) : undefined;
  const pool = (of: CountedImages, has: (image: number) => boolean): Pool => ({
    numbers: Uint32Array.from({ length: of.count }, (_, image) => image).filter(has),
    labels: of.labels,
  });
  const part = (of: CountedImages, name: ClassPart) =>
    pool(of, (image) => !parts || parts[of.labels[image] as number] === name);
  const training = held ? pool(train, (image) => !held.has(image)) : part(train, "training");
  const tested = held ? pool(test, (image) => held.has(image)) : part(test, "test");
  if (validation)
    return {
      training,
      test: tested,
      validation: part(validation, parts?.includes("validation") ? "validation" : "training"),
    };
  if (parts?.includes("validation")) return { training, test: tested, validation: part(train, "validation") };
  if (!reuse) return { training, test: tested };
  const { numbers, labels } = training;
  const kept = new Stream(seed, "image split").sample(Math.ceil(numbers.length / VALIDATION_PART), numbers.length);
  const taken = new Set(kept);
  return {
    training: { numbers: numbers.filter((_, place) => !taken.has(place)), labels },
    test: tested,
    validation: { numbers: kept.map((place) => numbers[place] as number), labels },
  };
}

/** @throws InvalidRequest where no one has split images, and a fifth of each class is no test pair */
function requireHeldOut(
  { unsplit }: Pick<CountedSets<CountedImages>, "unsplit">,
  { numbers }: Pool,
  { split }: Pick<PairRules, "split">,
): void {
  if (unsplit && split !== "classes" && numbers.length < 2)
    throw new InvalidRequest(
      "the classes have too few images to leave a fifth of each for test pairs: take test pairs of other classes (--split classes), or have folders train and test",
    );
}

/** The images that are for test pairs where no one has split them: the same for every seed, a fifth of each class. */
function heldOut({ labels }: CountedImages, classes: number): ReadonlySet<number> {
  const byClass: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label: number, image: number) => {
    byClass[label]?.push(image);
  });
  const stream = new Stream(0, "image split");
  return new Set(
    byClass.flatMap((images) => {
      const places = stream.sample(Math.round(images.length / TEST_PART), images.length);
      return Array.from(places, (place) => images[place] as number);
    }),
  );
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
