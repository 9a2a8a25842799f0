import { fields, oneOf, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import { Stream } from "../random/streams.js";
import { SETTING_LIMITS, SETTINGS } from "../settings/table.js";
import type { SettingValueOf } from "../settings/training-settings.js";
import { type ClassPart, classParts, drawPairsFrom, type ListedPairs, mostPairsFrom, type Pool } from "./drawing.js";
import { inputOf, type LabelledImages } from "./images.js";
import type { Relation } from "./relations.js";

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
  /**
   * The seed of training and validation pairs, and of what deals out classes or images; default the pair set's. Test pairs keep the pair
   * set's own.
   */
  readonly dataSeed?: number;
}

/** What training and test pairs do not share: images only, or classes too. */
export type PairSplit = "images" | "classes";

/** None leaves a set empty, for whoever wants the other alone. */
export const NUMBER_OF_PAIRS = within({ ...SETTING_LIMITS.trainPairs, least: 0 });

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

/** What pairs are drawn by: a job says all of it. */
export type PairRules = Required<Pick<PairSetOptions, "trainPairs" | "testPairs" | "evaluateOn" | "relation">> &
  Pick<PairSetOptions, "balance" | "split" | "reuse" | "dataSeed">;

/** The seed of some pairs. */
const seedOf = (
  which: "training" | EvaluationPairs,
  seed: number,
  { dataSeed = seed }: Pick<PairSetOptions, "dataSeed">,
): number => (which === "test" ? seed : dataSeed);

/** The images that a seed's pairs consist of, and which images the measured pairs are of. */
interface ChosenImages<Images> {
  readonly training: Uint32Array;
  readonly measured: {
    readonly from: Images;
    readonly set: "train" | "test" | "validation";
    readonly numbers: Uint32Array;
  };
}

export function chooseImages<Images extends CountedImages>(
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
    drawPairsFrom({ ...pool, kind }, pairs, new Stream(seedOf(kind, seed, rules), `${kind} pairs`), rules);
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
    mostPairsFrom(pool, new Stream(seedOf(kind, seed, rules), `${kind} pairs`), rules);
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
    drawPairsFrom({ ...pool, kind }, count, new Stream(seedOf(kind, seed, rules), `${kind} pairs`), rules);
  requireHeldOut(images, pools.test, rules);
  const { training } = pools;
  const taken = pools.validation ? undefined : new Set(draw("training", training, rules.trainPairs));
  const left = taken && { ...training, numbers: training.numbers.filter((image) => !taken.has(image)) };
  const pool = pools.validation ?? (left as Pool);
  const most = () =>
    Math.min(pairs, mostPairsFrom(pool, new Stream(seedOf("validation", seed, rules), "validation pairs"), rules));
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
    numbers: numbersThat((image) => !isLeftOut(image), test.count),
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

/** The numbers below `count` that a condition holds for. In a loop: every run draws from tens of thousands of images. */
function numbersThat(has: (number: number) => boolean, count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  let found = 0;
  for (let number = 0; number < count; number++) if (has(number)) numbers[found++] = number;
  return numbers.subarray(0, found);
}

interface Pools {
  readonly training: Pool;
  readonly test: Pool;
  readonly validation?: Pool;
}

/** What a seed's pairs are drawn from. Without a validation pool, validation pairs are of what the training pairs leave. */
function poolsOf(
  images: CountedSets<CountedImages>,
  seed: number,
  { split, reuse, evaluateOn, dataSeed = seed }: PairRules,
): Pools {
  const { train, test, validation, unsplit, listed } = images;
  if (listed) {
    const pool = (of: ListedPairs): Pool => ({ numbers: new Uint32Array(), labels: train.labels, listed: of });
    return { training: pool(listed.training), validation: pool(listed.validation), test: pool(listed.test) };
  }
  const { classes } = inputOf(train);
  const byClass = split === "classes";
  const parts = byClass ? classParts(dataSeed, classes, evaluateOn === "validation" && !validation) : undefined;
  const held = unsplit && !byClass ? heldOut(train, classes) : undefined;
  const pool = (of: CountedImages, has: (image: number) => boolean): Pool => ({
    numbers: numbersThat(has, of.count),
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
  const kept = new Stream(dataSeed, "image split").sample(Math.ceil(numbers.length / VALIDATION_PART), numbers.length);
  const taken = new Set(kept);
  return {
    training: { numbers: numbers.filter((_, place) => !taken.has(place)), labels },
    test: tested,
    validation: { numbers: kept.map((place) => numbers[place] as number), labels },
  };
}

/** @throws InvalidRequest where no one has split images, and a fifth of each class is no test pair */
function requireHeldOut(
  { unsplit, listed }: Pick<CountedSets<CountedImages>, "unsplit" | "listed">,
  { numbers }: Pool,
  { split }: Pick<PairRules, "split">,
): void {
  // A list says which pairs are held out.
  if (unsplit && !listed && split !== "classes" && numbers.length < 2)
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
  {
    trainPairs = DEFAULT_PAIRS,
    testPairs = DEFAULT_PAIRS,
    dataSeed = seed,
  }: Pick<PairSetOptions, "trainPairs" | "testPairs" | "dataSeed"> = {},
  names: PairCountNames = LIBRARY,
): Uint32Array {
  oneOf(["training", ...EVALUATION_PAIRS])(which, "which pairs");
  requirePairs(which, { trainPairs, testPairs }, count, names);
  if (which !== "validation") {
    const pairs = which === "training" ? trainPairs : testPairs;
    return new Stream(seedOf(which, seed, { dataSeed }), `${which} pairs`).sample(2 * pairs, count);
  }
  const taken = new Set(drawPairs("training", dataSeed, count, { trainPairs }));
  const left = numbersThat((image) => !taken.has(image), count);
  const places = new Stream(dataSeed, "validation pairs").sample(2 * testPairs, left.length);
  return places.map((place) => left[place] as number);
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
