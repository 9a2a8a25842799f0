// By itself, for the command line, which is to know its limits before it loads what they are about.

/** Beyond these, small ranges would run out of settings of two digits. */
export const MOST_TRIALS = 1000;

/** Of a trial that is tuned to the end. */
export const MOST_TUNING_ROUNDS = 1000;

/**
 * Round k of checking what was chosen has seed + 60,000 + k for its seed, which neither a round of tuning has, from
 * seed + 50,000 on, nor a reported round.
 */
export const CHECK_SEEDS_FROM = 60_000;

/** Trials of each optimizer of a comparison, unless the user says otherwise. */
export const OPTIMIZER_TRIALS = 60;
