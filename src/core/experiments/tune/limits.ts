// A file of its own, so that the command line knows its limits before it loads the experiment.

/** Beyond these, small ranges would run out of settings of two digits. */
export const MOST_TRIALS = 1000;

/** Of a trial that is tuned to the end. */
export const MOST_TUNING_ROUNDS = 1000;

/** Trials of each optimizer of a comparison, by default. */
export const OPTIMIZER_TRIALS = 60;
