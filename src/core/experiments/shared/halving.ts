import { mean } from "../../statistics/index.js";

/**
 * Settings that were tried, with their validation errors (fractions of pairs) in their rounds of tuning, in the order of the
 * rounds; NaN if one diverged.
 */
export interface Tried<Settings> {
  readonly settings: Settings;
  readonly errors: readonly number[];
}

/**
 * Which candidates go on in successive halving (Jamieson & Talwalkar 2016, "Non-stochastic best arm identification"): the
 * places, in order, of the better half by their mean error, the middle one included if their number is odd; among equal ones the
 * earlier. A candidate that diverged in a round does not go on.
 *
 * @param errors  of each candidate, over the same rounds; NaN if one diverged
 */
export function betterHalf(errors: readonly (readonly number[])[]): number[] {
  return byMeanError(errors)
    .slice(0, Math.ceil(errors.length / 2))
    .filter((place) => !hasDiverged(errors[place] as readonly number[]))
    .toSorted((a, b) => a - b);
}

/** Places of candidates, the lowest mean error first, the earlier of equal ones first; those that diverged in a round come last. */
export function byMeanError(errors: readonly (readonly number[])[]): number[] {
  const means = errors.map(meanError);
  return means.map((_, i) => i).toSorted((a, b) => (means[a] as number) - (means[b] as number) || a - b);
}

/**
 * Places of all trials, the best first: those with more rounds before those with fewer, which halving left behind, and among those
 * with equally many rounds, which are the same rounds, by their mean error. Those that diverged in a round come last.
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

/** Sums of the same errors in another order must be equal, so they are compared to 12 decimals. */
const meanError = (errors: readonly number[]): number =>
  hasDiverged(errors) ? Number.POSITIVE_INFINITY : Number(mean(errors).toFixed(12));
