import { numbers, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import type { Interval } from "./interval.js";
import { select } from "./select.js";

/** What `signFlip` finds. */
export interface SignFlip {
  /** Two-sided. */
  readonly p: number;
  /** Whether every assignment of signs was counted. */
  readonly exact: boolean;
  /** How many assignments were counted: all 2ⁿ, or those drawn. */
  readonly flips: number;
  /** The smallest p that so many rounds can have, however large the differences. */
  readonly smallest: number;
}

/** How `signFlipInterval` is made. */
export interface SignFlipIntervalOptions {
  /** One minus the confidence; default 0.05, a 95% interval. */
  readonly alpha?: number;
  /** How many assignments to draw where not all are counted; default 99,999. */
  readonly flips?: number;
}

/** Up to so many rounds all assignments of signs are counted. */
export const EXACT_UP_TO = 16;
const FLIPS = 99_999;
const FLIPS_LIMITS = within({ least: 1, most: 100_000_000, whole: true });
const ALPHA_LIMITS = within({ least: 0, most: 1 });
/** Sums that differ by less than this part of the differences' total size are the same apart from rounding. */
const ROUNDING = 1e-12;

/**
 * The two-sided sign-flip permutation test (Fisher 1935, "The Design of Experiments", §21) of paired differences: the share of
 * assignments of signs under which the sum is at least as far from 0 as it is. If neither of two networks is better, each
 * round's difference could just as well have had the other sign.
 *
 * Up to n = 16 all 2ⁿ assignments count, so p is exact. Beyond that, `flips` seeded ones are drawn, and p = (b + 1) / (flips + 1)
 * with b of them as far from 0 (Phipson & Smyth 2010, "Permutation p-values should never be zero"). Sums that differ only by
 * rounding are ties, and count. p is 1 where all differences are 0 or there are none, and NaN if one is not finite.
 *
 * @param flips  how many to draw where not all are counted
 * @throws InvalidRequest if differences are not numbers, or `flips` is not a whole number from 1 to 100,000,000
 */
export function signFlip(differences: readonly number[], seed = 0, { flips = FLIPS } = {}): SignFlip {
  numbers()(differences, "differences");
  FLIPS_LIMITS(flips, "flips");
  const n = differences.length;
  const exact = n <= EXACT_UP_TO;
  const sums = exact ? allSums(differences) : drawnSums(differences, new Stream(seed, "sign flips"), flips);
  const size = sizeOf(differences);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  const least = observed - ROUNDING * size;
  let asFar = 0;
  for (const sum of sums) if (Math.abs(sum) >= least) asFar++;
  const share = exact ? asFar / sums.length : (asFar + 1) / (flips + 1);
  return {
    p: Number.isFinite(size) ? share : Number.NaN,
    exact,
    flips: sums.length,
    // All signs alike, and all opposite.
    smallest: exact ? Math.min(1, 2 / 2 ** n) : 1 / (flips + 1),
  };
}

/**
 * The interval of a mean difference by inversion of `signFlip`: all shifts δ for which the test of the differences minus δ has a
 * p above `alpha`. So 0 lies outside exactly where `signFlip` with the same seed and flips has p ≤ `alpha`. It holds the centre
 * of the differences with a probability of at least 1 − `alpha` if each is distributed symmetrically around that centre, however
 * the rounds differ in spread.
 *
 * A set of rounds whose signs are flipped counts at a shift δ exactly if the mean of the set, or of the others, is not on the far
 * side of δ. So the ends are means of sets of rounds: of the 2ⁿ − 1 ordered means, those as far from either end as `alpha` allows
 * (Hartigan 1969, "Using subsample values as typical values"; Tritchler 1984, "On inverting permutation tests"). Beyond 16 rounds
 * the sets are those that the test draws, the same for all shifts.
 *
 * Undefined where every shift has a p above `alpha`: with fewer than six rounds at 95%. Undefined too where all differences are
 * equal, because nothing says how far the mean may lie; and NaN among them gives NaN.
 *
 * @throws InvalidRequest if differences are not numbers, or an option is out of range
 */
export function signFlipInterval(
  differences: readonly number[],
  seed = 0,
  { alpha = 0.05, flips = FLIPS }: SignFlipIntervalOptions = {},
): Interval | undefined {
  numbers()(differences, "differences");
  FLIPS_LIMITS(flips, "flips");
  ALPHA_LIMITS(alpha, "alpha");
  if (!differences.every(Number.isFinite)) return [Number.NaN, Number.NaN];
  const n = differences.length;
  const exact = n <= EXACT_UP_TO;
  // Assignments that count at every shift: none flipped and all flipped, halved as their mirror images are; or the one that is
  // added to those drawn.
  const rejecting = mostRejecting(exact ? 2 ** (n - 1) : flips + 1, alpha);
  const [first = 0] = differences;
  const size = sizeOf(differences);
  if (rejecting < 1 || differences.every((each) => Math.abs(each - first) <= ROUNDING * size)) return undefined;
  const { low, high } = exact
    ? setMeans(differences, size)
    : drawnSetMeans(differences, size, new Stream(seed, "sign flips"), flips);
  const ends = [select(low, rejecting - 1), select(high, high.length - rejecting)] as const;
  return ends.every(Number.isFinite) ? ends : undefined;
}

/**
 * Whether any of several quantities is above 0, from the same rounds: the sign-flip test of the largest of their statistics
 * (Westfall & Young 1993, "Resampling-Based Multiple Testing", max-T). All quantities of a round get the same sign. The statistic
 * of one is the sum of its values over the root of the sum of their squares, which no sign changes. One-sided: p is the share of
 * assignments under which the largest statistic is at least what it is. So it allows for the choice of the quantity by the same
 * rounds. Exact up to 16 rounds; beyond, as in `signFlip`. p is 1 where all values are 0 or there are none, and NaN if one is not
 * finite.
 *
 * @param quantities  for each, a value of each round; all with the rounds in the same order
 * @throws InvalidRequest if values are not numbers, the quantities are not of the same rounds, or `flips` is out of range
 */
export function signFlipMax(
  quantities: readonly (readonly number[])[],
  seed = 0,
  { flips = FLIPS } = {},
): Omit<SignFlip, "smallest"> {
  quantities.forEach((values, i) => {
    numbers()(values, `quantities[${i}]`);
  });
  FLIPS_LIMITS(flips, "flips");
  const n = quantities[0]?.length ?? 0;
  if (quantities.some(({ length }) => length !== n))
    throw new InvalidRequest("the quantities are not of the same rounds");
  const exact = n <= EXACT_UP_TO;
  const largest = new Float64Array(exact ? 2 ** n : flips).fill(Number.NEGATIVE_INFINITY);
  let observed = Number.NEGATIVE_INFINITY;
  for (const values of quantities) {
    const root = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
    if (root === 0) continue;
    observed = Math.max(observed, values.reduce((sum, value) => sum + value, 0) / root);
    const sums = exact ? allSums(values) : drawnSums(values, new Stream(seed, "sign flips"), flips);
    for (let k = 0; k < sums.length; k++) largest[k] = Math.max(largest[k] as number, (sums[k] as number) / root);
  }
  const least = observed - ROUNDING * n;
  let asFar = 0;
  for (const each of largest) if (each >= least) asFar++;
  const share = exact ? asFar / largest.length : (asFar + 1) / (flips + 1);
  return { p: Number.isNaN(observed) ? Number.NaN : share, exact, flips: largest.length };
}

/** The most assignments of `all` whose share is at most `alpha`, as p is computed. */
function mostRejecting(all: number, alpha: number): number {
  let most = Math.floor(alpha * all);
  while ((most + 1) / all <= alpha) most++;
  while (most > 0 && most / all > alpha) most--;
  return most;
}

const sizeOf = (differences: readonly number[]): number =>
  differences.reduce((sum, difference) => sum + Math.abs(difference), 0);

/** Of all 2ⁿ assignments: each difference doubles the sums before it. */
function allSums(differences: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** differences.length);
  differences.forEach((difference, i) => {
    const filled = 2 ** i;
    for (let k = 0; k < filled; k++) {
      const before = sums[k] as number;
      sums[k] = before + difference;
      sums[filled + k] = before - difference;
    }
  });
  return sums;
}

/** Each word of the stream holds the signs of 32 differences. */
function drawnSums(differences: readonly number[], stream: Stream, flips: number): Float64Array {
  const sums = new Float64Array(flips);
  for (let b = 0; b < flips; b++) {
    let sum = 0;
    let signs = 0;
    for (let i = 0; i < differences.length; i++) {
      if (i % 32 === 0) signs = stream.bits();
      const difference = differences[i] as number;
      sum += (signs >>> (i % 32)) & 1 ? difference : -difference;
    }
    sums[b] = sum;
  }
  return sums;
}

/** Shifts from which on, and up to which, an assignment counts: one array for both if all sets are in it. Not in order. */
interface SetMeans {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The mean of each of the 2ⁿ − 1 sets of differences. */
function setMeans(differences: readonly number[], size: number): SetMeans {
  const means = new Float64Array(2 ** differences.length);
  const counts = new Uint8Array(means.length);
  differences.forEach((difference, i) => {
    const filled = 2 ** i;
    for (let k = 0; k < filled; k++) {
      means[filled + k] = (means[k] as number) + difference;
      counts[filled + k] = (counts[k] as number) + 1;
    }
  });
  for (let k = 1; k < means.length; k++) means[k] = meanOfSet(means[k] as number, counts[k] as number, size);
  const nonempty = means.subarray(1);
  return { low: nonempty, high: nonempty };
}

/** For each drawn assignment the lower and the higher of the means of the two sets that it makes. */
function drawnSetMeans(differences: readonly number[], size: number, stream: Stream, flips: number): SetMeans {
  const [low, high] = [new Float64Array(flips), new Float64Array(flips)];
  const n = differences.length;
  for (let b = 0; b < flips; b++) {
    let [kept, flipped, count, signs] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      if (i % 32 === 0) signs = stream.bits();
      const difference = differences[i] as number;
      if ((signs >>> (i % 32)) & 1) {
        kept += difference;
        count++;
      } else flipped += difference;
    }
    // With an empty set, an assignment counts at every shift.
    const whole = count === 0 || count === n;
    const [one, other] = [meanOfSet(kept, count, size), meanOfSet(flipped, n - count, size)];
    low[b] = whole ? Number.NEGATIVE_INFINITY : Math.min(one, other);
    high[b] = whole ? Number.POSITIVE_INFINITY : Math.max(one, other);
  }
  return { low, high };
}

/** A sum that the test takes for a tie with 0 has the mean 0. */
const meanOfSet = (sum: number, count: number, size: number): number =>
  Math.abs(sum) <= (ROUNDING / 2) * size ? 0 : sum / count;
