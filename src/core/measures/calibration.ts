import { fields, oneOf, optional, within } from "../checks.js";
import { ln } from "../statistics/logarithm.js";
import { checkAnswers } from "./check-answers.js";

/** Pairs of similar probabilities. */
export interface ReliabilityBin {
  /** The bin's ends where all are of one width; otherwise the smallest and the largest probability in it. */
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
  /** The mean of their probabilities. */
  readonly probability: number;
  /** The share of them of which the relation holds. */
  readonly share: number;
}

/** How pairs are put into bins. */
export interface BinOptions {
  /** How many bins at most; default 10. */
  readonly bins?: number;
  /**
   * `mass`, the default: as many pairs in each, but for equal probabilities, which are never parted. `width`: from 0 to 1 in equal
   * steps. Networks that are trained long are sure of most pairs. Bins of equal width then hold nearly all pairs in two bins and a few
   * in each other one, whose shares are chance.
   */
  readonly by?: "mass" | "width";
}

/** How far probabilities are from the shares that they should be. */
export interface CalibrationError {
  /** Expected calibration error: Σ pairs/n · |probability − share| over the bins. */
  readonly error: number;
  /** What that would be on average were every probability right, with as many pairs: it is never 0. */
  readonly byChance: number;
}

const OPTIONS = fields(
  {
    bins: optional(within({ least: 1, most: 1000, whole: true })),
    by: optional(oneOf(["mass", "width"])),
  },
  "option",
);

interface Bin extends ReliabilityBin {
  /** The mean of p(1 − p). */
  readonly variance: number;
}

function binsOf(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  { bins = 10, by = "mass" }: BinOptions,
): Bin[] {
  const n = probabilities.length;
  const order = Uint32Array.from({ length: n }, (_, pair) => pair).sort(
    (a, b) => (probabilities[a] as number) - (probabilities[b] as number),
  );
  const valueAt = (place: number) => probabilities[order[place] as number] as number;
  const stepOf = (value: number) => Math.min(Math.floor(value * bins), bins - 1);
  const found: Bin[] = [];
  for (let start = 0, bin = 0; start < n; ) {
    let end = start + 1;
    if (by === "width") {
      bin = stepOf(valueAt(start));
      while (end < n && stepOf(valueAt(end)) === bin) end++;
    } else {
      while (Math.round(((bin + 1) * n) / bins) <= start) bin++;
      end = Math.round(((bin + 1) * n) / bins);
      while (end < n && valueAt(end) === valueAt(end - 1)) end++;
    }
    const [pairs, places] = [end - start, order.subarray(start, end)];
    let [sum, yes, variance] = [0, 0, 0];
    for (const pair of places) {
      const p = probabilities[pair] as number;
      sum += p;
      yes += targets[pair] as number;
      variance += p * (1 - p);
    }
    const [low, high] = by === "width" ? [bin / bins, (bin + 1) / bins] : [valueAt(start), valueAt(end - 1)];
    found.push({ low, high, pairs, probability: sum / pairs, share: yes / pairs, variance: variance / pairs });
    start = end;
  }
  return found;
}

/**
 * The points of a reliability diagram (Niculescu-Mizil and Caruana 2005, "Predicting good probabilities with supervised learning"):
 * of a network whose probabilities are right, each bin's share is its mean probability but for chance. From the smallest probabilities
 * to the largest; bins without pairs are left out.
 *
 * @param probabilities  that the relation holds
 * @param targets  1 where it holds
 * @throws InvalidRequest where these are not probabilities and targets of the same pairs, or an option is out of range
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: BinOptions = {},
): ReliabilityBin[] {
  checkAnswers(probabilities, targets);
  OPTIONS(options, "");
  return binsOf(probabilities, targets, options).map(({ variance: _, ...bin }) => bin);
}

/** E|z| of a standard normal z: √(2/π). */
const MEAN_DEVIATION = 0.7978845608028654;

/**
 * The expected calibration error (Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning").
 * It is biased: each bin's difference is counted by its size, and chance alone makes it large where pairs are few (Roelofs et al. 2022,
 * "Mitigating bias in calibration error estimation"). `byChance` says how large: Σ pairs/n · √(2/π) · √(mean p(1 − p) / pairs), the
 * mean size of a normal deviation in each bin. It is also blind to differences that cancel within a bin.
 *
 * @throws InvalidRequest as `reliabilityBins`
 */
export function calibrationError(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: BinOptions = {},
): CalibrationError {
  checkAnswers(probabilities, targets);
  OPTIONS(options, "");
  const n = probabilities.length;
  let [error, byChance] = [0, 0];
  for (const { pairs, probability, share, variance } of binsOf(probabilities, targets, options)) {
    error += (pairs / n) * Math.abs(probability - share);
    byChance += (pairs / n) * MEAN_DEVIATION * Math.sqrt(variance / pairs);
  }
  return { error, byChance };
}

/**
 * The mean of (p − target)² (Brier 1950, "Verification of forecasts expressed in terms of probability"): 0 is best, ¼ is what always ½ has.
 *
 * @throws InvalidRequest where these are not probabilities and targets of the same pairs
 */
export function brierScore(probabilities: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkAnswers(probabilities, targets);
  let sum = 0;
  for (let i = 0; i < targets.length; i++) sum += ((probabilities[i] as number) - (targets[i] as number)) ** 2;
  return sum / targets.length;
}

/** What probabilities are worth as probabilities. */
export interface Calibration {
  readonly brierScore: number;
  /** In nats. */
  readonly logLoss: number;
  /** In ten bins of equal mass, as `calibrationError` has them by default. */
  readonly expectedError: CalibrationError;
}

/**
 * `brierScore`, `logLoss` and `calibrationError` of the same pairs.
 *
 * @throws InvalidRequest where these are not probabilities and targets of the same pairs
 */
export const calibrationOf = (probabilities: ArrayLike<number>, targets: ArrayLike<number>): Calibration => ({
  brierScore: brierScore(probabilities, targets),
  logLoss: logLoss(probabilities, targets),
  expectedError: calibrationError(probabilities, targets),
});

/** A probability of 0 for what is true counts as this: doubles have none nearer to 1 than 1 − 2⁻⁵³. */
const LEAST = 2 ** -53;

/**
 * The mean of −ln of the probability that the right answer got, in nats: 0 is best, ln 2 ≈ 0.693 is what always ½ has. A probability
 * below 2⁻⁵³ counts as that, so that one pair costs 36.7 at most.
 *
 * @throws InvalidRequest where these are not probabilities and targets of the same pairs
 */
export function logLoss(probabilities: ArrayLike<number>, targets: ArrayLike<number>): number {
  checkAnswers(probabilities, targets);
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const p = probabilities[i] as number;
    sum -= ln(Math.max(targets[i] === 1 ? p : 1 - p, LEAST));
  }
  return sum / targets.length;
}
