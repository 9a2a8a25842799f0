import { mean } from "../../statistics/index.js";

/**
 * Settings that were tried, with their validation errors (fractions of pairs) in the rounds of tuning that they were given, in the
 * rounds' order; NaN where one diverged.
 */
export interface Tried<Settings> {
  readonly settings: Settings;
  readonly errors: readonly number[];
}

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

/**
 * Places of what was tried, the best first: those with more rounds before those with fewer, which halving left behind, and of those
 * with as many rounds, which are the same, the ones with the lower mean error. Those that diverged in a round come last.
 */
export function ranked(tried: readonly Pick<Tried<unknown>, "errors">[]): number[] {
  const all = tried.map((_, i) => i);
  const errorsOf = (i: number) => tried[i]?.errors ?? [];
  const usable = all.filter((i) => !hasDiverged(errorsOf(i)));
  const rounds = [...new Set(usable.map((i) => errorsOf(i).length))].toSorted((a, b) => b - a);
  const order = rounds.flatMap((count) => {
    const those = usable.filter((i) => errorsOf(i).length === count);
    return byMeanError(those.map(errorsOf)).map((place) => those[place] as number);
  });
  return [...order, ...all.filter((i) => hasDiverged(errorsOf(i)))];
}

/** Whether a candidate diverged in a round. */
export const hasDiverged = (errors: readonly number[]): boolean => errors.some(Number.isNaN);

/** Equal errors in another order are equal: their sums are compared to 12 decimals. */
const meanError = (errors: readonly number[]): number =>
  hasDiverged(errors) ? Number.POSITIVE_INFINITY : Number(mean(errors).toFixed(12));
