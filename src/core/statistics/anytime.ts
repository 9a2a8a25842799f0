import { finite, numbers, refuse, within } from "../checks.js";
import type { Interval } from "./interval.js";
import { exp } from "./logarithm.js";
import { mean } from "./moments.js";
import type { Comparison } from "./rounds-needed.js";
import { signFlipInterval } from "./sign-flip.js";

/**
 * How fast the processes bet, in units of the differences' root mean square: small ones win with small differences, large ones
 * with few rounds. By simulation (`bench/coverage.ts`) these three show 0.5, 0.8 and 1.0 standard deviations in 80% by 60, 25 and 18
 * rounds.
 */
const RATES = [0.3, 0.7, 1.5] as const;

/**
 * An anytime-valid test that paired differences are symmetric around 0: p after each round, which may be looked at after every
 * round. If neither of two networks is better, the chance that p ever falls to 5% or below is at most 5%, however long one goes on
 * and whenever one stops.
 *
 * p is 1 over the largest value so far of an e-process (Ville 1939; Vovk & Wang 2024, "Nonparametric E-tests of
 * symmetry"): the mean, over λ = ±0.3, ±0.7 and ±1.5, of Π 2 / (1 + exp(−2 λ d/s)). The scale s of a round is the root of the mean
 * square of the differences up to it. Given the sizes of the differences each sign is as likely as the other, so each factor has
 * the mean 1.
 *
 * @param differences  in the order of the rounds
 * @returns as many; NaN from a difference on that is not finite
 * @throws InvalidRequest if differences are not numbers
 */
export function anytimeP(differences: readonly number[]): number[] {
  numbers()(differences, "differences");
  return smallestSoFar(eProcess(differences, [...RATES, ...RATES.map((rate) => -rate)]));
}

/**
 * An anytime-valid test of equivalence: p after each round, of the hypothesis that the centre of the differences is `margin` or
 * farther from 0. It may be looked at after every round, as `anytimeP`. Both ends are tested one-sided, each by the process of
 * `anytimeP` with λ of one sign, and p is the larger of the two p-values (Schuirmann 1987, two one-sided tests).
 *
 * It assumes that differences are distributed symmetrically around their centre and that values farther from it are no more
 * likely: then, with the centre beyond a margin, no factor has a mean above 1.
 *
 * @param margin  above 0, in the unit of the differences
 * @throws InvalidRequest if differences are not numbers, or `margin` is not above 0
 */
export function anytimeEquivalenceP(differences: readonly number[], margin: number): number[] {
  numbers()(differences, "differences");
  checkMargin(margin);
  const below = smallestSoFar(
    eProcess(
      differences.map((difference) => margin - difference),
      RATES,
    ),
  );
  const above = smallestSoFar(
    eProcess(
      differences.map((difference) => difference + margin),
      RATES,
    ),
  );
  return below.map((p, round) => Math.max(p, above[round] as number));
}

/**
 * The interval that goes with `anytimeP`: shifts δ for which the differences minus δ never had a p of `alpha` or below. It may be
 * looked at after every round, as a confidence sequence: the chance that it ever leaves out the centre of the differences is at most
 * `alpha`. 0 lies outside exactly where the last p is at most `alpha`.
 *
 * Each end is found by doubling the distance from the mean to the outermost shift that is accepted, and by bisection. Undefined while no
 * shift on one side is refused, with fewer than seven rounds at 95%, and where all differences are equal; NaN from a difference on that is not finite.
 *
 * @param alpha  one minus the confidence; default 0.05
 * @throws InvalidRequest if differences are not numbers, or `alpha` is not from 0 to 1
 */
export function anytimeInterval(differences: readonly number[], alpha = 0.05): Interval | undefined {
  numbers()(differences, "differences");
  within({ least: 0, most: 1 })(alpha, "alpha");
  if (!differences.every(Number.isFinite)) return [Number.NaN, Number.NaN];
  if (differences.length < 2) return undefined;
  const center = mean(differences);
  const reach = Math.max(...differences.map((difference) => Math.abs(difference - center)));
  if (reach <= 1e-12 * Math.abs(center)) return undefined;
  const isRefused = (shift: number) =>
    (anytimeP(differences.map((difference) => difference - shift)).at(-1) as number) <= alpha;
  // Where 0 is refused, the interval lies on one side of it.
  const beyond = isRefused(0) ? Math.abs(center) : Number.POSITIVE_INFINITY;
  const end = (side: 1 | -1) =>
    endOf(center, side * reach, side * center < 0 ? beyond : Number.POSITIVE_INFINITY, isRefused);
  const [low, high] = [end(-1), end(1)];
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Distances in parts of the farthest difference's: 1/8, doubled so often. At the last, all differences look alike. */
const DOUBLINGS = 24;

/**
 * From the centre to one side: the last shift that is accepted, by doubling its distance, then bisection.
 *
 * @param most  a distance that is refused
 */
function endOf(center: number, reach: number, most: number, isRefused: (shift: number) => boolean): number | undefined {
  const distances = Array.from({ length: DOUBLINGS }, (_, i) => (Math.abs(reach) / 8) * 2 ** i).filter(
    (distance) => distance < most,
  );
  if (Number.isFinite(most)) distances.push(most);
  const shifts = [center, ...distances.map((distance) => center + Math.sign(reach) * distance)];
  const last = shifts.findLastIndex((shift) => !isRefused(shift));
  if (last < 0) return center;
  if (last === shifts.length - 1) return undefined;
  let [accepted, refused] = [shifts[last] as number, shifts[last + 1] as number];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (refused + accepted) / 2;
    if (isRefused(middle)) refused = middle;
    else accepted = middle;
  }
  return accepted;
}

/** The mean of the products for several λ, after each round. */
function eProcess(values: readonly number[], rates: readonly number[]): number[] {
  const products = rates.map(() => 1);
  let squares = 0;
  return values.map((value, i) => {
    squares += value ** 2;
    const scale = Math.sqrt(squares / (i + 1));
    const scaled = scale === 0 ? 0 : value / scale;
    rates.forEach((rate, j) => {
      products[j] = ((products[j] as number) * 2) / (1 + exp(-2 * rate * scaled));
    });
    return products.reduce((sum, product) => sum + product, 0) / rates.length;
  });
}

/** From e-values to p-values that hold at any time: 1 over the largest so far, at most 1. */
function smallestSoFar(process: readonly number[]): number[] {
  let smallest = 1;
  return process.map((e) => {
    // A NaN stays.
    smallest = Math.min(smallest, 1 / e);
    return smallest;
  });
}

/**
 * About how many rounds `anytimeP` takes to show a true mean difference in four of five repetitions: 13 / effect² + 5, the effect in
 * standard deviations of the differences. It was fitted to simulations (`bench/coverage.ts`), and is within 10% of them from 0.3
 * to 1.5 standard deviations. Infinity of 0.
 *
 * @throws InvalidRequest if mean or sd is not a number, or sd is below 0
 */
export function anytimeRoundsNeeded({ mean, sd }: Omit<Comparison, "comparisons">): number {
  for (const [name, value] of Object.entries({ mean, sd })) finite(value, name);
  if (sd < 0) refuse("sd", "a number of at least 0", sd);
  return mean === 0 ? Number.POSITIVE_INFINITY : Math.ceil(13 * (sd / mean) ** 2 + 5);
}

/** Whether two networks are shown to differ by less than a margin. */
export interface Equivalence {
  /** The 90% interval of the mean difference; null where there is none, with fewer than five rounds. */
  readonly ci90: Interval | null;
  /** Whether it lies within the margin on both sides. */
  readonly equivalent: boolean;
}

/**
 * Tests whether the mean difference is less than `margin` from 0, by two one-sided tests at 5% (Schuirmann 1987, "A comparison of
 * the two one-sided tests procedure and the power approach for assessing the equivalence of average bioavailability"): whether the
 * 90% interval of `signFlipInterval` lies within the margin. The number of rounds must not depend on what they show: for that
 * there is `anytimeEquivalenceP`.
 *
 * @param margin  above 0, in the unit of the differences
 * @throws InvalidRequest if differences are not numbers, or `margin` is not above 0
 */
export function equivalence(differences: readonly number[], margin: number, seed = 0): Equivalence {
  checkMargin(margin);
  const ci90 = signFlipInterval(differences, seed, { alpha: 0.1 }) ?? null;
  return { ci90, equivalent: ci90 !== null && -margin < ci90[0] && ci90[1] < margin };
}

function checkMargin(margin: number): void {
  finite(margin, "margin");
  if (margin <= 0) refuse("margin", "a number above 0", margin);
}
