import { refuse, within } from "../checks.js";
import { normalQuantile } from "./normal.js";

const COMPARISONS = within({ least: 1, most: 1_000_000_000, whole: true });

/** What `roundsNeeded` is asked about. */
export interface Comparison {
  /** Of the paired differences, in any unit. */
  readonly mean: number;
  /** Standard deviation of the paired differences, in the same unit. */
  readonly sd: number;
  /** How many comparisons share the 5%; default 1. */
  readonly comparisons?: number;
}

/**
 * How many rounds a paired comparison needs to show a difference of this size in four of five repetitions: 80% power, two-sided,
 * 5% over all comparisons. Undefined if the mean is 0, which no number of rounds shows.
 *
 * ((z(1 − α/2) + z(0.8)) · sd / |mean|)² + z(1 − α/2)² / 2, rounded up: the normal approximation, and what Student's t adds to
 * it (Guenther 1981, "Sample size formulas for normal theory t tests"). α is 5% divided by the comparisons (Bonferroni), and
 * Holm's procedure finds at least what Bonferroni's does. Never fewer than `fewestRounds`.
 *
 * @throws InvalidRequest if mean, sd or comparisons are out of range
 */
export function roundsNeeded({ mean, sd, comparisons = 1 }: Comparison): number | undefined {
  for (const [name, value] of Object.entries({ mean, sd }))
    if (typeof value !== "number" || (name === "sd" && value < 0))
      refuse(name, name === "sd" ? "a number of at least 0" : "a number", value);
  COMPARISONS(comparisons, "comparisons");
  if (mean === 0) return undefined;
  const z = normalQuantile(1 - 0.05 / comparisons / 2);
  const rounds = (((z + normalQuantile(0.8)) * sd) / mean) ** 2 + z ** 2 / 2;
  return Math.max(Math.ceil(rounds), fewestRounds(comparisons));
}

/**
 * The fewest rounds with which a difference can be shown at all at 5% over so many comparisons: the least n whose smallest p of
 * the sign-flip test, 2 / 2ⁿ, is at most 5% when multiplied by them. 6 for one comparison.
 *
 * @throws InvalidRequest if `comparisons` is not a whole number from 1
 */
export function fewestRounds(comparisons = 1): number {
  COMPARISONS(comparisons, "comparisons");
  let n = 1;
  while (20 * comparisons > 2 ** (n - 1)) n++;
  return n;
}
