/** The database of the runs that the browser keeps. */
export const DATABASE = "pairlab-runs";
