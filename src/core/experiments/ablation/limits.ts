// By itself, for the command line, which is to know its limits before it loads what they are about.

/** Beyond these, settings of two digits would run out. */
export const MOST_CANDIDATES = 64;

/**
 * Step k of tuning is a round with seed + 50,000 + k for its seed. No reported round has that seed, for there are at most
 * 10,000 of them, and no seed is so high that the sum is no longer exact.
 */
export const TUNING_SEEDS_FROM = 50_000;
