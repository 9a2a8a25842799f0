import { type Interval, mean, meanInterval } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import { wilsonInterval } from "../../statistics/superiority.js";

/**
 * A mean over rounds with its spread. For a single round sd (n − 1) is null; the 95% interval is null for fewer than three rounds,
 * of which none is known that holds the mean in 95%. Without a round the mean is NaN.
 */
export interface Spread {
  readonly mean: number;
  readonly sd: number | null;
  readonly ci95: Interval | null;
}

/** Mean and standard deviation. */
export function centerOf(values: readonly number[]): Pick<Spread, "mean" | "sd"> {
  return { mean: values.length > 0 ? mean(values) : Number.NaN, sd: standardDeviation(values) ?? null };
}

/**
 * The spread of errors. Their interval is Student's, within 0 and 1. If all rounds are equal, for instance without any error, they
 * have no spread: their interval is Wilson's, for the wrong ones among the pairs of all rounds together. Without an error in N
 * pairs it ends at 3.84/(N + 3.84).
 *
 * @param errors  fractions of pairs
 * @param pairs   of each round
 */
export function errorSpread(errors: readonly number[], pairs: number): Spread {
  const center = centerOf(errors);
  return { ...center, ci95: intervalOf(errors, center.mean, pairs) };
}

function intervalOf(errors: readonly number[], center: number, pairs: number): Interval | null {
  const interval = meanInterval(errors);
  if (interval) return [Math.max(interval[0], 0), Math.min(interval[1], 1)];
  const [first, ...others] = errors;
  if (others.length === 0 || !others.every((error) => Math.abs(error - (first as number)) <= ROUNDING)) return null;
  const all = errors.length * pairs;
  return wilsonInterval(center * all, all);
}

/** Errors are decimal fractions: equal ones may differ in the last bit. */
const ROUNDING = 1e-12;
