import type { Stream } from "../../random/streams.js";

/** The first primes: the base of each dimension. */
const BASES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] as const;

/** Dimensions that there are bases for. */
export const MOST_DIMENSIONS = BASES.length;

/** Digits of a coordinate: base 2 has then 2³² places, and all others more. */
const DIGITS = 32;

/**
 * A scrambled Halton sequence in the unit cube: points that fill it more evenly than random ones, for any number of points
 * (Halton 1960; Owen 2017, "A randomized Halton algorithm in R", whose scrambling this is: each digit of each coordinate goes
 * through a random permutation of its own). Bousquet et al. 2017, "Critical hyper-parameters: no random, no cry", find it
 * best for one-shot searches.
 *
 * @param dimensions  at most `MOST_DIMENSIONS`
 * @param stream  of the permutations; undefined for the sequence as Halton has it: 0, 1/2, 1/4, 3/4, … in base 2
 */
export function* haltonSequence(dimensions: number, stream?: Stream): Generator<number[], never> {
  if (dimensions > MOST_DIMENSIONS) throw new Error(`no bases for ${dimensions} dimensions`);
  const scrambles = BASES.slice(0, dimensions).map((base) => ({
    base,
    digits: Array.from({ length: DIGITS }, () =>
      stream ? stream.sample(base, base) : Uint32Array.from({ length: base }, (_, digit) => digit),
    ),
  }));
  for (let index = 0; ; index++)
    yield scrambles.map(({ base, digits }) => {
      let [rest, weight, place] = [index, 1, 0];
      for (const permutation of digits) {
        weight /= base;
        place += (permutation[rest % base] as number) * weight;
        rest = Math.floor(rest / base);
      }
      // A sum of digits that are all the base's last may round to 1.
      return Math.min(place, 1 - 2 ** -24);
    });
}
