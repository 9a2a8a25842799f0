import { bcaInterval, type Interval, mean, standardDeviation } from "../statistics/index.js";

/** A mean over rounds with its spread; sd (n − 1) and 95% BCa interval are null where a single round has none. */
export interface Spread {
  readonly mean: number;
  readonly sd: number | null;
  readonly ci95: Interval | null;
}

export function spread(values: readonly number[], seed: number): Spread {
  return { mean: mean(values), sd: standardDeviation(values) ?? null, ci95: bcaInterval(values, seed) ?? null };
}
