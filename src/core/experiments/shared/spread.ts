import { bcaInterval, type Interval, mean, standardDeviation, wilsonInterval } from "../../statistics/index.js";

/**
 * A mean over rounds with its spread; sd (n − 1) is null where a single round has none, and so is the 95% interval. The mean is
 * NaN of no round.
 */
export interface Spread {
  readonly mean: number;
  readonly sd: number | null;
  readonly ci95: Interval | null;
}

/** The interval is BCa; rounds that are all alike have none. */
export function spread(values: readonly number[], seed: number): Spread {
  return { ...centerOf(values), ci95: bcaInterval(values, seed) ?? null };
}

/** The same without an interval, which takes thousands of resamples. */
export function centerOf(values: readonly number[]): Pick<Spread, "mean" | "sd"> {
  return { mean: values.length > 0 ? mean(values) : Number.NaN, sd: standardDeviation(values) ?? null };
}

/**
 * The spread of errors. Rounds that are all alike, such as those without any error, have nothing to resample: their interval is
 * Wilson's, for the wrong ones among the pairs of all rounds together. Of no error in N pairs it goes to 3.84/(N + 3.84).
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
