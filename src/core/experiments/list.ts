import { ablate } from "./ablate/experiment.js";
import { compare } from "./compare/experiment.js";
import { reproduce } from "./reproduce/experiment.js";
import { tune } from "./tune/experiment.js";
import { variance } from "./variance/experiment.js";
import { worth } from "./worth/experiment.js";

/** Every experiment, a row each: what `runExperiment` runs. In the order of a report. */
export const experiments = { reproduce, compare, ablate, worth, tune, variance };

/** An experiment's name, which is also its command's. */
export type ExperimentName = keyof typeof experiments;
