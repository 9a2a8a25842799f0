// By itself, for the command line, which is to know its limits before it loads what they are about.

/** Beyond these, small ranges would run out of settings of two digits. */
export const MOST_TRIALS = 1000;

/** Of a trial that is tuned to the end. */
export const MOST_TUNING_ROUNDS = 1000;

/** Trials of each optimizer of a comparison, unless the user says otherwise. */
export const OPTIMIZER_TRIALS = 60;
