import type { PairCountNames } from "../../core/data/pools.js";

/** How the command line asks for other pairs. No option says how many test pairs there are. */
export const PAIR_OPTIONS: PairCountNames = { trainPairs: "--pairs" };

/** Of the commands that can be measured on training images. */
export const MEASURED_PAIR_OPTIONS: PairCountNames = { ...PAIR_OPTIONS, validation: "--evaluate-on validation" };
