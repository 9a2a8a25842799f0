// A file of its own, so that the command line knows its limits before it loads the experiment.

/** Beyond these, settings of two digits would run out. */
export const MOST_CANDIDATES = 64;
