// By itself, for the command line, which is to know its limits before it loads what they are about.

/** Beyond these, settings of two digits would run out. */
export const MOST_CANDIDATES = 64;
