import { refuse, within } from "../checks.js";
import type { Interval } from "./interval.js";
import { exp, ln } from "./logarithm.js";
import { normalQuantile } from "./normal.js";

const COMPARISONS = within({ least: 1, most: 1_000_000_000, whole: true });

/** What `roundsNeeded` and `roundsNeededWithin` are asked about. */
export interface Comparison {
  /** Of the paired differences, in any unit. */
  readonly mean: number;
  /** Standard deviation of the paired differences, in the same unit. */
  readonly sd: number;
  /** How many comparisons share the 5%; default 1. */
  readonly comparisons?: number;
}

/**
 * How many rounds a paired comparison needs to show a difference of this size in four of five repetitions: 80% power of the
 * two-sided sign-flip test, 5% over all comparisons, if differences are normal. Undefined if the mean is 0, which no number of
 * rounds shows. Never fewer than `fewestRounds`.
 *
 * It is the least n for which |mean| / sd is at least `effectShown`. α is 5% divided by the comparisons (Bonferroni), and Holm's
 * procedure finds at least what Bonferroni's does.
 *
 * @throws InvalidRequest if mean, sd or comparisons are out of range
 */
export function roundsNeeded({ mean, sd, comparisons = 1 }: Comparison): number | undefined {
  for (const [name, value] of Object.entries({ mean, sd }))
    if (typeof value !== "number" || (name === "sd" && value < 0))
      refuse(name, name === "sd" ? "a number of at least 0" : "a number", value);
  COMPARISONS(comparisons, "comparisons");
  if (mean === 0) return undefined;
  if (Number.isNaN(mean + sd)) return Number.NaN;
  const effect = Math.abs(mean) / sd;
  const fewest = fewestRounds(comparisons);
  for (let n = fewest; n < FINE; n++) if (effect >= effectShown(n, comparisons)) return n;
  const z = normalQuantile(1 - ALPHA / comparisons / 2);
  return Math.max(FINE, Math.ceil((((z + POWER) * SIGN_FLIP) / effect) ** 2 + z ** 2 / 2));
}

const ALPHA = 0.05;
/** The normal quantile of the power, 80%. */
const POWER = normalQuantile(0.8);
/** From so many rounds on the levels that signs can attain are so fine that α is one of them. */
const FINE = 60;
/** The sign-flip test needs an effect this many times that of Student's t test, and more by `FEW_SETS` / k. */
const SIGN_FLIP = 1.01;
const FEW_SETS = 0.15;

/**
 * The mean difference, in standard deviations, that n rounds show in four of five repetitions. The test rejects where at most k − 1
 * sets of rounds have a mean on the other side of 0, k = ⌊α 2ⁿ⁻¹⌋. With k = 1 all signs must be alike: Φ(effect)ⁿ = 0.8. Otherwise it
 * is what Student's t test needs at the level k / 2ⁿ⁻¹ (Guenther 1981, "Sample size formulas for normal theory t tests"), times a
 * factor that was fitted to simulations (`bench/sign-flip-power.ts`).
 */
function effectShown(n: number, comparisons: number): number {
  const sets = Math.floor((ALPHA / comparisons) * 2 ** (n - 1));
  if (sets === 1) return normalQuantile(nthRoot(0.8, n));
  const z = normalQuantile(1 - sets / 2 ** n);
  return ((SIGN_FLIP + FEW_SETS / sets) * (z + POWER)) / Math.sqrt(n - z ** 2 / 2);
}

const nthRoot = (x: number, n: number): number => exp(ln(x) / n);

/** How many rounds would show a difference, as far as its interval tells. */
export interface RoundsRange {
  /** If the true difference lies at the end of its interval that is farther from 0. */
  readonly least: number;
  /** If it lies at the nearer end; null if the interval includes 0, which no number of rounds shows. */
  readonly most: number | null;
}

/**
 * `roundsNeeded` at both ends of a difference's interval: a measured difference says only so much about the rounds that would show
 * it. Undefined if both ends are 0.
 *
 * @throws InvalidRequest as `roundsNeeded` does
 */
export function roundsNeededWithin(
  [low, high]: Interval,
  { sd, comparisons = 1 }: Omit<Comparison, "mean">,
): RoundsRange | undefined {
  const [near, far] = Math.abs(low) < Math.abs(high) ? [low, high] : [high, low];
  const least = roundsNeeded({ mean: far, sd, comparisons });
  if (least === undefined) return undefined;
  const includesZero = low <= 0 && high >= 0;
  return { least, most: includesZero ? null : (roundsNeeded({ mean: near, sd, comparisons }) ?? null) };
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
