import { type ConstantRounds, constantRoundsOf, withConstantAnswers } from "../experiments/shared/constant-answer.js";
import { divergedCount } from "../experiments/shared/diverged.js";
import type { Spread } from "../experiments/shared/spread.js";
import { spreadOverUnits } from "../experiments/shared/tunings.js";
import type { RunConfig, RunSummary } from "../training/index.js";
import type { RunGroup } from "./groups.js";

/** Runs that differ only in the seed, and their results. Errors are fractions of pairs, over the runs that did not diverge. */
export interface GroupSummary {
  readonly architecture: string;
  readonly config: RunConfig;
  /** Of all of them. */
  readonly n: number;
  /** How many of them diverged; absent if none did. */
  readonly diverged?: number;
  /** How many of them have a network that says yes to every pair, and how many one that says no; absent if none has. */
  readonly constantRounds?: ConstantRounds;
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
    ...divergedCount(records),
    ...constantRoundsOf(withConstantAnswers(records)),
    seeds: records.map(({ seed }) => seed),
    testError: errorOver(records, "testError"),
    trainError: errorOver(records, "trainError"),
    runs: records.map(({ id }) => id),
  };
}

/**
 * The spread of an error over the runs of one kind that did not diverge, as an experiment with these runs has it.
 *
 * @param tunings  that chose their settings, each for as many of the runs
 */
export function errorOver(runs: readonly RunSummary[], error: "testError" | "trainError", tunings = 1): Spread {
  const { config } = runs[0] ?? {};
  const pairs = config?.[error === "testError" ? "testPairs" : "trainPairs"] ?? 0;
  return spreadOverUnits(
    runs.map((run) => (run.diverged ? Number.NaN : run[error])),
    pairs,
    tunings,
  );
}
