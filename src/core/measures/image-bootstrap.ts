import { fields, numbers, optional, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import { quantile } from "../statistics/bootstrap.js";
import type { Interval } from "../statistics/index.js";
import { wilsonInterval } from "../statistics/superiority.js";
import { checkAnswers, checkBits, checkSameCount } from "./check-answers.js";
import { ranksOf, tallyOf } from "./tally.js";
import { aucOf, equalErrorRateOf } from "./thresholds.js";

/** Pairs with what a network says of them. */
export interface AnsweredPairs {
  /** That the relation holds. */
  readonly probabilities: ArrayLike<number>;
  /** 1 where the network decides that it holds. */
  readonly decisions: ArrayLike<number>;
  /** 1 where it holds. */
  readonly targets: ArrayLike<number>;
  /** `[pairs, 2]`: numbers of the images, the same for the same image. Absent where no image is in two pairs. */
  readonly images?: ArrayLike<number>;
}

/** How far measures may be from what other images would give. Absent is what has no interval. */
export interface PairIntervals {
  /** What was drawn anew: images where one is in several pairs, otherwise pairs. */
  readonly resampled: "images" | "pairs";
  readonly error?: Interval;
  readonly auc?: Interval;
  readonly eer?: Interval;
}

/** How `pairIntervals` resamples. */
export interface PairIntervalOptions {
  /** Default 1,000. */
  readonly resamples?: number;
}

const OPTIONS = fields({ resamples: optional(within({ least: 1, most: 1_000_000, whole: true })) }, "option");

/**
 * 95% percentile bootstrap intervals (Efron 1979) of error, AUC and EER, by seed. Pairs that share an image are not independent: where
 * any do, images are drawn with replacement, as many as there are, and a pair counts as often as the product of its images' draws, a pair
 * of an image with itself as often as the image (Snijders and Borgatti 1999, "Non-parametric standard errors and tests for network
 * statistics"; Owen 2007, "The pigeonhole bootstrap"). Such intervals are too wide rather than too narrow: where what pairs
 * have in common by their images is little, the variance comes out up to three times too large, as a product of two draws has variance 3
 * where one draw has 1. They are about other images, not about another training. Where no image is in two
 * pairs, pairs are drawn.
 *
 * A resample in which one answer has no pairs says nothing of AUC and EER and is left out. There is no interval where all resamples
 * agree, nor for less than two pairs. But no error at all, and nothing but errors, have Wilson's interval of that share of the pairs, or
 * where pairs share images of half as many pairs as there are images: [0, 0] would claim that there are none elsewhere.
 *
 * @throws InvalidRequest where these are not of the same pairs, or an option is out of range
 */
export function pairIntervals(pairs: AnsweredPairs, seed = 0, options: PairIntervalOptions = {}): PairIntervals {
  const { probabilities, decisions, targets, images } = pairs;
  checkAnswers(probabilities, targets);
  checkBits(decisions, "decisions");
  checkSameCount("decisions", decisions, "targets", targets);
  OPTIONS(options, "");
  const { resamples = 1000 } = options;
  const n = targets.length;
  const shared = images && sharedImages(images, n);
  const ranks = ranksOf(probabilities);
  const stream = new Stream(seed, "bootstrap");
  const units = shared?.count ?? n;
  const drawn = new Uint32Array(units);
  const weights = shared ? new Float64Array(n) : drawn;
  const found = {
    error: new Float64Array(resamples),
    auc: new Float64Array(resamples),
    eer: new Float64Array(resamples),
  };
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let draw = 0; draw < units; draw++) {
      const unit = stream.below(units);
      drawn[unit] = (drawn[unit] as number) + 1;
    }
    if (shared) weighPairs(weights, shared.images, drawn);
    let [all, wrong] = [0, 0];
    for (let pair = 0; pair < n; pair++) {
      const weight = weights[pair] as number;
      all += weight;
      if (decisions[pair] !== targets[pair]) wrong += weight;
    }
    const tally = tallyOf(ranks, targets, weights);
    found.error[resample] = wrong / all;
    found.auc[resample] = aucOf(tally);
    found.eer[resample] = equalErrorRateOf(tally).rate;
  }
  const [resampledError, auc, eer] = [found.error, found.auc, found.eer].map(percentiles);
  const error = resampledError ?? ofOneShare(found.error[0] as number, shared ? Math.floor(units / 2) : n);
  return {
    resampled: shared ? "images" : "pairs",
    ...(error && { error }),
    ...(auc && { auc }),
    ...(eer && { eer }),
  };
}

/** Wilson's interval where every pair is right, or every pair wrong. */
function ofOneShare(error: number, pairs: number): Interval | undefined {
  return pairs > 1 && (error === 0 || error === 1) ? wilsonInterval(error * pairs, pairs) : undefined;
}

/** A pair counts as often as both of its images come together. */
function weighPairs(weights: Float64Array | Uint32Array, images: Uint32Array, drawn: Uint32Array): void {
  for (let pair = 0; pair < weights.length; pair++) {
    const [first, second] = [images[2 * pair] as number, images[2 * pair + 1] as number];
    weights[pair] = (drawn[first] as number) * (first === second ? 1 : (drawn[second] as number));
  }
}

/** The images counted from 0, where one is in several pairs. */
function sharedImages(images: ArrayLike<number>, pairs: number): { count: number; images: Uint32Array } | undefined {
  numbers()(images, "images");
  if (images.length !== 2 * pairs)
    throw new InvalidRequest(`images must hold two numbers for each of ${pairs} pairs, not ${images.length}`);
  const places = new Map<number, number>();
  const placed = Uint32Array.from({ length: images.length }, (_, i) => {
    const image = images[i] as number;
    const place = places.get(image) ?? places.size;
    places.set(image, place);
    return place;
  });
  let own = 0;
  for (let pair = 0; pair < pairs; pair++) own += placed[2 * pair] === placed[2 * pair + 1] ? 1 : 2;
  return own === places.size ? undefined : { count: places.size, images: placed };
}

function percentiles(values: Float64Array): Interval | undefined {
  const told = values.filter((value) => !Number.isNaN(value));
  if (told.length === 0) return undefined;
  const [low, high] = [quantile(told, 0.025, "below"), quantile(told, 0.975, "above")];
  return told.every((value) => value === told[0]) ? undefined : [low, high];
}
