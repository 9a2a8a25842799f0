import type { RunConfig, RunSummary } from "../training/index.js";
import type { RunGroup } from "./runs.js";
import { type Spread, spread } from "./spread.js";

/** Runs that differ in the seed alone, and what they came to. Errors are fractions of pairs. */
export interface GroupSummary {
  readonly architecture: string;
  readonly config: RunConfig;
  readonly n: number;
  /** Ascending. */
  readonly seeds: readonly number[];
  readonly testError: Spread;
  readonly trainError: Spread;
  /** Ids, in the order of `seeds`. */
  readonly runs: readonly string[];
}

export function summarizeGroup({ architecture, config, records }: RunGroup): GroupSummary {
  return {
    architecture,
    config,
    n: records.length,
    seeds: records.map(({ seed }) => seed),
    testError: groupSpread(records, "testError"),
    trainError: groupSpread(records, "trainError"),
    runs: records.map(({ id }) => id),
  };
}

/** The spread of an error over a group's runs, as an experiment whose first seed is the lowest of theirs has it. */
export function groupSpread(records: readonly RunSummary[], error: "testError" | "trainError"): Spread {
  return spread(
    records.map((record) => record[error]),
    records[0]?.seed ?? 0,
  );
}
