import { Stream } from "../random/streams.js";

/** 32 MiB of draws. */
const MOST_KEPT = 2 ** 24;
const MOST_ROUNDS = 2 ** 16;

/** Recent draws, by the number of rounds and the seed: many groups of runs have both in common. */
const kept = new Map<string, Uint16Array>();

/**
 * The first `count` draws with replacement, or more, of a bootstrap: whole numbers below `n`, those of the seed's
 * stream. Undefined if they are too many to keep.
 */
export function bootstrapDraws(n: number, seed: number, count: number): Uint16Array | undefined {
  if (count > MOST_KEPT || n > MOST_ROUNDS) return undefined;
  const key = `${n} ${seed}`;
  let draws = kept.get(key);
  kept.delete(key);
  if (!draws || draws.length < count) {
    const stream = new Stream(seed, "bootstrap");
    draws = new Uint16Array(count);
    for (let i = 0; i < count; i++) draws[i] = stream.below(n);
  }
  let size = draws.length;
  for (const each of kept.values()) size += each.length;
  for (const [oldest, { length }] of kept) {
    if (size <= MOST_KEPT) break;
    kept.delete(oldest);
    size -= length;
  }
  kept.set(key, draws);
  return draws;
}
