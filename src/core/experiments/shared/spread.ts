import { bcaInterval, type Interval, mean } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import { wilsonInterval } from "../../statistics/superiority.js";

/**
 * A mean over rounds with its spread; for a single round, sd (n − 1) and the 95% interval are null. Without a round the mean is
 * NaN.
 */
export interface Spread {
  readonly mean: number;
  readonly sd: number | null;
  readonly ci95: Interval | null;
}

/** The interval is BCa; if all rounds are equal, there is none. */
export function spread(values: readonly number[], seed: number): Spread {
  return { ...centerOf(values), ci95: bcaInterval(values, seed) ?? null };
}

/** The same without an interval, which takes thousands of resamples. */
export function centerOf(values: readonly number[]): Pick<Spread, "mean" | "sd"> {
  return { mean: values.length > 0 ? mean(values) : Number.NaN, sd: standardDeviation(values) ?? null };
}

/**
 * The spread of errors. If all rounds are equal, for instance without any error, there is nothing to resample: their interval is
 * Wilson's, for the wrong ones among the pairs of all rounds together. Without an error in N pairs it ends at 3.84/(N + 3.84).
 *
 * @param errors  fractions of pairs
 * @param pairs   of each round
 */
export function errorSpread(errors: readonly number[], seed: number, pairs: number): Spread {
  const found = spread(errors, seed);
  if (found.ci95 || errors.length < 2) return found;
  const all = errors.length * pairs;
  return { ...found, ci95: wilsonInterval(found.mean * all, all) };
}
