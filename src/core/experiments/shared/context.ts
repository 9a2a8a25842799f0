import { partly, within } from "../../checks.js";
import type { RelationName } from "../../data/relations.js";
import { FIRST_SEEDS, MOST_ROUNDS } from "../../limits.js";
import type { DatasetIdentity } from "../../training/index.js";
import type { DatasetMeaning } from "../../training/job.js";

/** What every experiment's numbers rest on beside its settings. Round r has seed + r for its seed. */
export interface ExperimentContext {
  readonly rounds: number;
  readonly seed: number;
  /** How often settings were tuned, if more than once: each tuning has as many of the rounds, one tuning after the other. */
  readonly tunings?: number;
  /** What all networks are asked about a pair; absent where that is the paper's question, less-or-equal, or not one thing. */
  readonly relation?: RelationName;
  readonly dataset: DatasetIdentity & Pick<DatasetMeaning, "asked">;
  readonly engine: { readonly version: string; readonly simd: string; readonly workers: number };
}

/** What can be said of an experiment's rounds. */
export const ROUNDS = {
  rounds: within({ least: 1, most: MOST_ROUNDS, whole: true }),
  seed: within(FIRST_SEEDS),
};

/** Checks `rounds` and `seed`. */
export const checkContext = partly(ROUNDS);
