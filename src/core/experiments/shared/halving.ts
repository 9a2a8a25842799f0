import { mean } from "../../statistics/index.js";

/**
 * Which candidates go on in successive halving (Jamieson & Talwalkar 2016, "Non-stochastic best arm identification"): the
 * places, in order, of the better half by their mean error, the middle one included where they are odd; of equal ones the
 * earlier. None that diverged in a round goes on.
 *
 * @param errors  of each candidate, over the same rounds; NaN where one diverged
 */
export function betterHalf(errors: readonly (readonly number[])[]): number[] {
  return byMeanError(errors)
    .slice(0, Math.ceil(errors.length / 2))
    .filter((place) => !hasDiverged(errors[place] as readonly number[]))
    .toSorted((a, b) => a - b);
}

/** Places of candidates, the lowest mean error first, of equal ones the earlier; last those that diverged in a round. */
export function byMeanError(errors: readonly (readonly number[])[]): number[] {
  const means = errors.map(meanError);
  return means.map((_, i) => i).toSorted((a, b) => (means[a] as number) - (means[b] as number) || a - b);
}

/** Whether a candidate diverged in a round. */
export const hasDiverged = (errors: readonly number[]): boolean => errors.some(Number.isNaN);

/** Equal errors in another order are equal: their sums are compared to 12 decimals. */
const meanError = (errors: readonly number[]): number =>
  hasDiverged(errors) ? Number.POSITIVE_INFINITY : Number(mean(errors).toFixed(12));
