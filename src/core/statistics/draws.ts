import { Stream } from "../random/index.js";

/** 32 MiB of draws. */
const MOST_KEPT = 2 ** 24;
const MOST_ROUNDS = 2 ** 16;

/** The draws that were asked for last: many groups of runs have the same number of rounds and the same first seed. */
let kept: { readonly n: number; readonly seed: number; readonly draws: Uint16Array } | undefined;

/**
 * The first `count` draws with replacement, or more, of a bootstrap: whole numbers below `n`, those of the seed's
 * stream. Undefined where they are too many to keep.
 */
export function bootstrapDraws(n: number, seed: number, count: number): Uint16Array | undefined {
  if (count > MOST_KEPT || n > MOST_ROUNDS) return undefined;
  if (kept?.n !== n || kept.seed !== seed || kept.draws.length < count) {
    const stream = new Stream(seed, "bootstrap");
    const draws = new Uint16Array(count);
    for (let i = 0; i < count; i++) draws[i] = stream.below(n);
    kept = { n, seed, draws };
  }
  return kept.draws;
}
