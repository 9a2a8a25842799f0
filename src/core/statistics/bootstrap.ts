import { fields, optional, within } from "../checks.js";
import { Stream } from "../random/streams.js";
import { bootstrapDraws } from "./draws.js";
import type { Interval } from "./interval.js";
import { mean } from "./moments.js";
import { normalCdf, normalQuantile } from "./normal.js";
import { select } from "./select.js";
import { tQuantile } from "./student.js";

/** How `bcaOf` resamples. */
export interface BootstrapOptions {
  /** Default 10,000. */
  readonly resamples?: number;
  /** Standard errors on each side, before bias and acceleration. Default `expandedDeviate`; 1.96 is the plain 95% BCa. */
  readonly deviate?: number;
}

const RESAMPLES = 10_000;
const CHECKS = fields(
  {
    resamples: optional(within({ least: 1, most: 10_000_000, whole: true })),
    deviate: optional(within({ least: 0, most: 1000 })),
  },
  "option",
);

/**
 * √(n/(n−1)) · t(0.975, n−1): it replaces the normal quantile 1.96 in an interval of `n` values (Hesterberg 2015, "What
 * Teachers Should Know About the Bootstrap", expanded percentile interval). The spread of resampled means is √((n−1)/n) too
 * small, and 1.96 assumes that the spread is known.
 *
 * @throws InvalidRequest if `n` is below 2
 */
export function expandedDeviate(n: number): number {
  within({ least: 2, most: Number.MAX_SAFE_INTEGER, whole: true })(n, "n");
  return Math.sqrt(n / (n - 1)) * tQuantile(0.975, n - 1);
}

/**
 * The 95% BCa bootstrap interval (Efron 1987, "Better bootstrap confidence intervals") of any statistic of `n` rounds, from
 * seeded resamples, with `expandedDeviate` in place of 1.96. Simulated (docs/statistics.md), the interval of the
 * mean of normal values holds the truth in 90.8% with 5 rounds, 94.3% with 10 and 95.0% with 30; plain BCa in 82.3%, 90.1% and
 * 93.7%.
 *
 * The statistic may be infinite, such as a factor that no resample bounds: it is then ordered as infinite, and an end may be
 * infinite. An end between a finite and an infinite resampled value is the outer of the two. If the values that leave one
 * round out are infinite, they say nothing about acceleration, which is then 0. If the statistic is NaN for all rounds, for a
 * resample or for all rounds but one, both ends are NaN. Undefined for fewer than two rounds, and if the statistic is one finite
 * number throughout: an interval must have a width.
 *
 * @param statistic  of rounds, given as numbers from 0 to n − 1: all in order, all but one in order, or n drawn with
 *   replacement. The array is used again after the call
 * @throws InvalidRequest if `n` is not a number of rounds, or an option is out of range
 */
export function bcaOf(
  n: number,
  statistic: (rounds: Uint32Array) => number,
  seed = 0,
  options: BootstrapOptions = {},
): Interval | undefined {
  within({ least: 0, most: 1_000_000, whole: true })(n, "n");
  CHECKS(options, "");
  const { resamples = RESAMPLES, deviate } = options;
  if (n < 2) return undefined;
  const rounds = Uint32Array.from({ length: n }, (_, round) => round);
  const estimate = statistic(rounds);
  const without = Array.from({ length: n }, (_, left) => statistic(rounds.filter((round) => round !== left)));
  const center = mean(without);
  const draws = bootstrapDraws(n, seed, n * resamples);
  const stream = new Stream(seed, "bootstrap");
  const resampled = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < n; i++) rounds[i] = draws ? (draws[b * n + i] as number) : stream.below(n);
    resampled[b] = statistic(rounds);
  }
  if (without.some(Number.isNaN)) return [Number.NaN, Number.NaN];
  if (Number.isFinite(estimate) && isConstant([estimate, ...without, ...resampled])) return undefined;
  return bca({
    estimate,
    resampled,
    influences: without.map((value) => center - value),
    rounding: 1e-12 * n * meanSize(resampled),
    deviate: deviate ?? expandedDeviate(n),
  });
}

/** Whether values are the same apart from rounding. */
function isConstant(values: readonly number[]): boolean {
  const [first = 0] = values;
  return values.every((value) => value === first || Math.abs(value - first) <= 1e-12 * Math.abs(first));
}

interface Bootstrapped {
  readonly estimate: number;
  /** Partly sorted by `bca`. */
  readonly resampled: Float64Array;
  /** The influence of each round on the estimate, from the jackknife, in any unit. */
  readonly influences: readonly number[];
  /** Values that differ by no more than this are the same apart from rounding. */
  readonly rounding: number;
  readonly deviate: number;
}

function bca({ estimate, resampled, influences, rounding, deviate }: Bootstrapped): Interval {
  if (Number.isNaN(estimate) || resampled.some(Number.isNaN)) return [Number.NaN, Number.NaN];
  // Ties count half: errors are multiples of 1/1,000, and resampled values often equal the estimate, apart from how their
  // sums are rounded.
  let below = 0;
  for (const value of resampled) {
    if (value === estimate || Math.abs(value - estimate) <= rounding) below += 0.5;
    else if (value < estimate) below++;
  }
  const bias = normalQuantile(below / resampled.length);
  const acceleration = accelerationOf(influences.map((each) => (Math.abs(each) <= rounding ? 0 : each)));
  const level = (z: number) => {
    const shifted = bias + z;
    const scale = 1 - acceleration * shifted;
    // Towards scale 0 the level goes to 1 or 0; beyond that, the formula has no meaning.
    if (scale <= 0) return shifted > 0 ? 1 : 0;
    return normalCdf(bias + shifted / scale);
  };
  return [quantile(resampled, level(-deviate), "below"), quantile(resampled, level(deviate), "above")];
}

/** Σd³ / (6 (Σd²)^1.5); 0 if all influences are 0, or one is not finite. */
function accelerationOf(influences: readonly number[]): number {
  let squares = 0;
  let cubes = 0;
  for (const influence of influences) {
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  const acceleration = cubes / (6 * squares * Math.sqrt(squares));
  return Number.isFinite(acceleration) ? acceleration : 0;
}

/** Mean absolute value of those that are finite. */
function meanSize(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(finite.length, 1);
}

/** Linear interpolation between order statistics; where one of them is infinite, the one on the side of `outer`. */
export function quantile(values: Float64Array, probability: number, outer: "below" | "above"): number {
  const at = probability * (values.length - 1);
  const low = select(values, Math.floor(at));
  const high = select(values, Math.ceil(at));
  if (!Number.isFinite(high - low)) return outer === "below" ? low : high;
  return low + (high - low) * (at - Math.floor(at));
}
