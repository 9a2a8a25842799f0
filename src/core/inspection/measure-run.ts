import { counting, fields, optional, partly, within } from "../checks.js";
import { checkPairs } from "../data/check-pairs.js";
import { inputOf } from "../data/images.js";
import type { ImageSets, LabelledImages, Pairs } from "../data/index.js";
import { listedAnswers, makePairs } from "../data/pairs.js";
import { imagesToMeasure, type MeasuredCounts, pairsLeft, unseenImagesToMeasure } from "../data/pools.js";
import { checkKernels, type Kernels } from "../engine/kernels.js";
import { InvalidRequest } from "../errors.js";
import { type Calibration, calibrationOf } from "../measures/calibration.js";
import { type Confusion, confusionOf, NEAR_CONSTANT, probabilitySpread } from "../measures/decided.js";
import {
  auc,
  chooseThreshold,
  constantAnswer,
  decisionErrors,
  type EqualErrorRate,
  equalErrorRate,
  pairIntervals,
  type ReliabilityBin,
  type RocPoint,
  ratesAt,
  reliabilityBins,
  rocPoints,
  type ThresholdRates,
} from "../measures/index.js";
import { rocCorners } from "../measures/thresholds.js";
import type { Interval } from "../statistics/index.js";
import type { RunConfig, RunRecord, TrainedNetwork } from "../training/index.js";
import { pairRulesOf, shapeOf } from "../training/job.js";
import { checkRun, type RunWeights, trainedNetwork } from "../training/trained-network.js";
import { MANY_CLASSES, type SwappedMeasures, swappedMeasures } from "./both-ways.js";
import { checkTrained } from "./check-trained.js";
import { type Decisions, decisions } from "./decisions.js";
import { errorsByDigits } from "./digit-errors.js";
import { type Mistake, mistakes } from "./mistakes.js";
import { type EpisodeAccuracy, type EpisodeOptions, episodeAccuracyOf } from "./n-way.js";

/** The parts of a finished run that it is measured by. */
export interface MeasurableRun extends RunWeights {
  readonly record: RunWeights["record"] & Pick<RunRecord, "seed">;
}

/** The pairs that a network is measured on, and those that its thresholds are chosen on. */
export interface PairsToMeasure {
  readonly test: Pairs;
  /** `[pairs, 2]`: numbers of the test pairs' images, the same for the same image. Absent where no image is in two pairs. */
  readonly testImages?: ArrayLike<number>;
  /** Without an image that was trained on or is tested on. Absent where there are none: no threshold is chosen then. */
  readonly validation?: Pairs;
  /** Chosen earlier, where there are no validation pairs. */
  readonly thresholds?: ThresholdsBefore;
  /** Of another data set than the run's. */
  readonly leftOut?: LeftOut;
  /** Of the run's own data set: how many of the test pairs have an image whose pixels an image has that the run trained on. */
  readonly seenPairs?: number;
}

/** What of another data set than a run's is in no pair, for the run trained on it. */
export interface LeftOut {
  /** Images; null where it is not known which they are. */
  readonly images: number | null;
  /** Given pairs that have one of these images; null where no pairs are given, or the images are not known. */
  readonly pairs: number | null;
  /** Why the images are not known. */
  readonly why?: string;
}

/** Thresholds that validation pairs chose before. */
export interface ThresholdsBefore {
  readonly validationPairs: number;
  /** What the aim "far" allowed there. */
  readonly falseAcceptRate: number;
  readonly chosen: readonly Pick<ChosenThreshold, "aim" | "threshold">[];
}

/** How pairs of another data set than a run's are drawn. */
export interface UnseenPairsOptions extends Pick<PairsToMeasureOptions, "pairs"> {
  /** That the run's own validation pairs chose. */
  readonly thresholds?: ThresholdsBefore;
  /** Numbers of the test images that the run trained on, which are in no pair; or why they are not known. */
  readonly trainedOn: ReadonlySet<number> | string;
}

/** How many pairs of a run's images are drawn: test pairs, and validation pairs of images that the run did not train on. */
export type PairsToMeasureOptions = MeasuredCounts;

/** What is measured, and how. */
export interface MeasureOptions extends PairsToMeasureOptions, EpisodeOptions {
  /** Of the intervals; default 1,000; 0 for no intervals. */
  readonly resamples?: number;
  /** How many false accepts the third threshold may have, as a share of the pairs of which the relation does not hold; default 0.01. */
  readonly falseAcceptRate?: number;
  /** How many of the worst mistakes are listed; default 10. */
  readonly worst?: number;
}

/** A measured number with the 95% interval of `pairIntervals`; null where it has none. */
export interface Measured {
  readonly value: number;
  readonly ci95: Interval | null;
}

/** A threshold that validation pairs chose, and what it comes to on the test pairs. */
export interface ChosenThreshold extends ThresholdRates {
  /** What it was chosen for, as `chooseThreshold` has it; of a false-accept rate, "far". */
  readonly aim: "error" | "eer" | "far";
}

/** How often pairs of two classes are decided wrong. */
export interface ClassPairErrors {
  /** Of the first image and of the second. */
  readonly classes: readonly [number, number];
  readonly pairs: number;
  readonly wrong: number;
}

/** What a trained network's answers to yes/no questions are worth: plain data. NaN is what the pairs do not tell. */
export interface PairMeasures {
  readonly pairs: number;
  /** How many of them the relation holds of. */
  readonly holds: number;
  /** Fraction of pairs that are decided wrong. */
  readonly error: Measured;
  /** Errors of who always gives one answer. */
  readonly alwaysYes: number;
  readonly alwaysNo: number;
  /** The answer that every pair got; null where both occur. */
  readonly constantAnswer: "yes" | "no" | null;
  /** Standard deviation of the probabilities. */
  readonly spread: number;
  /** Whether that is below `NEAR_CONSTANT`. */
  readonly nearConstant: boolean;
  readonly confusion: Confusion;
  /** Shares of wrong decisions among pairs of which the relation does not hold, and among those of which it does. */
  readonly falseAcceptRate: number;
  readonly falseRejectRate: number;
  readonly auc: Measured;
  /** With the test pairs' own threshold, which is not one to use: see `thresholds`. */
  readonly eer: Measured & Pick<EqualErrorRate, "threshold">;
  /** What the intervals drew anew; null where there are none. */
  readonly resampled: "images" | "pairs" | null;
  /** Chosen on validation pairs; null where there are none. Those that they cannot tell are left out. */
  readonly thresholds: {
    readonly validationPairs: number;
    /** What the aim "far" allowed there. */
    readonly falseAcceptRate: number;
    readonly chosen: readonly ChosenThreshold[];
  } | null;
  readonly calibration: Calibration & { readonly bins: readonly ReliabilityBin[] };
  readonly swapped: SwappedMeasures;
  /** Null where the relation is not that of being of one class, or no episode can be drawn. */
  readonly nWay: EpisodeAccuracy | null;
  /** Those that occur, by the first class and then the second; null of more than 1,000 classes. */
  readonly byClasses: readonly ClassPairErrors[] | null;
  /** Corners of the ROC curve. */
  readonly roc: readonly RocPoint[];
  /** The worst mistakes; `pair` counts the test pairs from 0. */
  readonly worst: readonly Mistake[];
  /** Of other images than the run's: those that it trained on; null of its own. */
  readonly leftOut: LeftOut | null;
  /**
   * Of the run's own images: how many pairs have a copy of an image that the run trained on. They are measured with the others. Null of
   * other images, and where copies were not looked for.
   */
  readonly seenPairs: number | null;
}

const PAIRS = { pairs: optional(counting), validationPairs: optional(within({ least: 0, most: 1e9, whole: true })) };
const MEASURES = fields(
  {
    ...PAIRS,
    resamples: optional(within({ least: 0, most: 100_000, whole: true })),
    falseAcceptRate: optional(within({ least: 0, most: 1 })),
    worst: optional(within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true })),
    ways: optional(within({ least: 2, most: 1000, whole: true })),
    episodes: optional(within({ least: 1, most: 100_000, whole: true })),
  },
  "option",
);
const IMAGES = partly({ train: partly({}), test: partly({}) });

/**
 * The pairs that a run is measured on: those that `evaluateRun` draws of the test images, the run's own first, and validation pairs of
 * images that the run did not train on.
 *
 * @throws InvalidRequest where there are too few images, or they are not what the run's network sees
 */
export function pairsToMeasure(
  { seed, config }: Pick<RunRecord, "seed" | "config">,
  images: ImageSets,
  options: PairsToMeasureOptions = {},
): PairsToMeasure {
  IMAGES(images, "images");
  fields(PAIRS, "option")(options, "");
  requireShape(config, images);
  const rules = pairRulesOf(config);
  const { relation } = rules;
  const { test, validation, validationSet } = imagesToMeasure(images, seed, rules, options);
  const from = images[validationSet] as LabelledImages;
  const answers = listedAnswers(images);
  return {
    test: makePairs(images.test, "images.test", test, relation, answers),
    testImages: test,
    ...(validation.length > 0 && {
      validation: makePairs(from, `images.${validationSet}`, validation, relation, answers),
    }),
  };
}

/**
 * The pairs of another data set that a run's network is measured on: of all its test images but those that the run trained on.
 *
 * @throws InvalidRequest as `pairsToMeasure`, and where the run trained on all of them
 */
export function unseenPairsToMeasure(
  { seed, config }: Pick<RunRecord, "seed" | "config">,
  images: ImageSets,
  { pairs, thresholds, trainedOn }: UnseenPairsOptions,
): PairsToMeasure {
  IMAGES(images, "images");
  requireShape(config, images);
  const rules = pairRulesOf(config);
  const trained = typeof trainedOn === "string" ? new Set<number>() : trainedOn;
  const isLeftOut = (image: number) => trained.has(image);
  const listed = pairsLeft(images, () => false)?.targets.length;
  const left = listed === undefined ? undefined : pairsLeft(images, isLeftOut)?.targets.length;
  if (trained.size > 0 && (left ?? images.test.count - trained.size) === 0)
    throw new InvalidRequest(
      `the run trained on ${listed === undefined ? "all of these images" : "images of all of these pairs"}: give others`,
    );
  const test = unseenImagesToMeasure(images, seed, rules, isLeftOut, pairs);
  return {
    test: makePairs(images.test, "images.test", test, rules.relation, listedAnswers(images)),
    testImages: test,
    ...(thresholds && { thresholds }),
    leftOut:
      typeof trainedOn === "string"
        ? { images: null, pairs: null, why: trainedOn }
        : { images: trained.size, pairs: listed === undefined ? null : listed - (left ?? 0) },
  };
}

function requireShape({ dataset, network }: RunConfig, { test }: ImageSets): void {
  const [own, given] = [shapeOf(dataset), inputOf(test)];
  // A network that only compares may see other classes than those that it was trained on.
  const readsClasses = network.auxiliaryWeight > 0 || network.head.length === 0;
  for (const size of ["height", "width", "channels", ...(readsClasses ? (["classes"] as const) : [])] as const)
    if (own[size] !== given[size])
      throw new InvalidRequest(
        size === "classes"
          ? `the images have ${given[size]} classes, and the run, whose network names classes, was trained on ${own[size]}: give images like its own`
          : `images.test: ${size} as the network sees it is ${given[size]}, but the run was trained on ${own[size]}: give images like its own`,
      );
}

/**
 * Measures a run's network as `evaluateRun` does, and all else that its answers are worth: `measurePairs` of the run's pairs.
 *
 * @param source  images, or pairs where `pairsToMeasure` drew them before, or somebody else
 * @param kernels  cleared first: what it held before is lost
 * @throws InvalidRequest when these are no run, images, pairs or kernels, the run diverged, the weights are not of its network, there
 *   are too few images, or an option is out of range
 */
export function measureRun(
  run: MeasurableRun,
  source: ImageSets | PairsToMeasure,
  kernels: Kernels,
  options: MeasureOptions = {},
): PairMeasures {
  checkRun(run, "run");
  partly({ test: partly({}) })(source, "what a run is measured on");
  checkKernels(kernels);
  MEASURES(options, "");
  const { pairs, validationPairs, ...rest } = options;
  const drawn =
    "train" in source
      ? pairsToMeasure(run.record, source, {
          ...(pairs !== undefined && { pairs }),
          ...(validationPairs !== undefined && { validationPairs }),
        })
      : source;
  checkPairs(drawn.test, "test");
  kernels.clear();
  const { height, width, channels, classCount: classes } = drawn.test;
  const network = trainedNetwork(run, kernels, { input: { height, width, channels, classes } });
  return measurePairs(network, drawn, rest, run.record.seed);
}

/**
 * Measures a network's answers: of the test pairs both ways round, with thresholds that the validation pairs choose. Takes no memory of
 * the kernels that stays taken.
 *
 * @param seed  of intervals and episodes
 * @throws InvalidRequest where there is no model with its scale, the pairs are not what they should be, or an option is out of range
 */
export function measurePairs(
  network: TrainedNetwork,
  { test, testImages, validation, thresholds: before, leftOut, seenPairs }: PairsToMeasure,
  options: Omit<MeasureOptions, keyof PairsToMeasureOptions> = {},
  seed = 0,
): PairMeasures {
  checkTrained(network, "network");
  MEASURES(options, "");
  const { resamples = 1000, falseAcceptRate = 0.01, worst = 10 } = options;
  const said = decisions(network, test);
  const { probabilities, holds } = said;
  const { targets, count } = test;
  const confusion = confusionOf(holds, targets);
  const { error, alwaysYes, alwaysNo } = decisionErrors(holds, targets);
  const answered = { probabilities, decisions: holds, targets, ...(testImages && { images: testImages }) };
  const intervals = resamples > 0 ? pairIntervals(answered, seed, { resamples }) : undefined;
  const spread = probabilitySpread(probabilities);
  const eer = equalErrorRate(probabilities, targets);
  const yes = confusion.trueYes + confusion.falseNo;
  return {
    pairs: count,
    holds: yes,
    error: { value: error, ci95: intervals?.error ?? null },
    alwaysYes,
    alwaysNo,
    constantAnswer: constantAnswer(holds) ?? null,
    spread,
    nearConstant: spread < NEAR_CONSTANT,
    confusion,
    falseAcceptRate: confusion.falseYes / (count - yes),
    falseRejectRate: confusion.falseNo / yes,
    auc: { value: auc(probabilities, targets), ci95: intervals?.auc ?? null },
    eer: { value: eer.rate, ci95: intervals?.eer ?? null, threshold: eer.threshold },
    resampled: intervals?.resampled ?? null,
    thresholds: validation
      ? {
          validationPairs: validation.count,
          falseAcceptRate,
          chosen: chosenOn(network, validation, said, targets, falseAcceptRate),
        }
      : before
        ? {
            ...before,
            chosen: before.chosen.map(({ aim, threshold }) => ({ aim, ...ratesAt(probabilities, targets, threshold) })),
          }
        : null,
    calibration: { ...calibrationOf(probabilities, targets), bins: reliabilityBins(probabilities, targets) },
    swapped: swappedMeasures(network, test, said),
    nWay: episodeAccuracyOf(network, test, testImages, options, seed),
    byClasses: classPairErrors(said, test),
    roc: rocCorners(rocPoints(probabilities, targets)),
    worst: mistakes(said, test).slice(0, worst),
    leftOut: leftOut ?? null,
    seenPairs: seenPairs ?? null,
  };
}

function chosenOn(
  network: TrainedNetwork,
  validation: Pairs,
  { probabilities }: Decisions,
  targets: Uint8Array,
  falseAcceptRate: number,
): ChosenThreshold[] {
  const seen = decisions(network, validation).probabilities;
  const no = validation.targets.filter((target) => target === 0).length;
  const yes = validation.count - no;
  const aims = [
    { aim: "error", by: "error", told: true },
    { aim: "eer", by: "eer", told: yes > 0 && no > 0 },
    { aim: "far", by: { falseAcceptRate }, told: no > 0 },
  ] as const;
  return aims
    .filter(({ told }) => told)
    .map(({ aim, by }) => ({ aim, ...ratesAt(probabilities, targets, chooseThreshold(seen, validation.targets, by)) }));
}

function classPairErrors(said: Decisions, test: Pairs): ClassPairErrors[] | null {
  const { classCount } = test;
  if (classCount > MANY_CLASSES || classCount === 0) return null;
  const { pairs, wrong } = errorsByDigits(said, test);
  const found: ClassPairErrors[] = [];
  pairs.forEach((count, cell) => {
    const classes = [Math.floor(cell / classCount), cell % classCount] as const;
    if (count > 0) found.push({ classes, pairs: count, wrong: wrong[cell] as number });
  });
  return found;
}
