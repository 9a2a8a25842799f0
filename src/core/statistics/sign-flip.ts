import { numbers, within } from "../checks.js";
import { Stream } from "../random/streams.js";

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

const EXACT_UP_TO = 16;
const FLIPS = 99_999;

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
  within({ least: 1, most: 100_000_000, whole: true })(flips, "flips");
  const n = differences.length;
  const exact = n <= EXACT_UP_TO;
  const sums = exact ? allSums(differences) : drawnSums(differences, new Stream(seed, "sign flips"), flips);
  const size = differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  const least = observed - 1e-12 * size;
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
