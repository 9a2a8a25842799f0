import type { Spread } from "../experiments/shared/spread.js";
import { numberFromJson } from "../formats/json.js";
import type { RunSummary } from "../training/index.js";
import type { GroupSummary } from "./group-summary.js";

/** A finished run of a store. */
export type StoredRun = Pick<
  RunSummary,
  "id" | "seed" | "trainError" | "testError" | "testYes" | "diverged" | "seconds" | "weightsSha256"
>;

/** Runs of a store that differ only in the seed, and their results. */
export interface StoredGroup extends Omit<GroupSummary, "runs"> {
  /** Values that training changes. */
  readonly parameters: number;
  /** In words such as "epochs 3": what differs from the architecture's own settings, or from its other groups here. */
  readonly differs: readonly string[];
  /** When one of them was trained or asked for last: ISO 8601, UTC. */
  readonly lastUsed: string;
  /** By seed, ascending. */
  readonly runs: readonly StoredRun[];
}

/** A run that a living process trains. */
export interface RunInTraining {
  readonly id: string;
  /** Null if the process has an earlier version that does not say it. */
  readonly architecture: string | null;
  readonly seed: number | null;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** The content of a run store, as the page gets it. */
export interface StoreDocument {
  /** Where the store is, as its command line names it. */
  readonly folder: string;
  /** By architecture, the paper's first; of one architecture, the group that was used last first. */
  readonly groups: readonly StoredGroup[];
  /** By id. */
  readonly training: readonly RunInTraining[];
  /** How many runs have begun, can be continued, and are not in training. */
  readonly unfinished: number;
  /** Each with one line that says what is wrong. */
  readonly damaged: readonly { readonly id: string; readonly damage: string }[];
  /** Names of folders in `damaged/`. */
  readonly setAside: readonly string[];
}

/** The document parsed from JSON: a missing error, which is null in JSON, is NaN again. */
export const storeDocumentFromJson = (document: StoreDocument): StoreDocument => ({
  ...document,
  groups: document.groups.map((group) => ({
    ...group,
    testError: spreadFromJson(group.testError),
    trainError: spreadFromJson(group.trainError),
    runs: group.runs.map((run) => ({
      ...run,
      testError: numberFromJson(run.testError),
      trainError: numberFromJson(run.trainError),
    })),
  })),
});

const spreadFromJson = (spread: Spread): Spread => ({ ...spread, mean: numberFromJson(spread.mean) });
