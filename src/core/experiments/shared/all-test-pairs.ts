import type { RightAnswers } from "../../data/pairs.js";
import type { RunEvaluation } from "../../inspection/index.js";
import { type FiveNumbers, fiveNumbers, samplingSd } from "../../statistics/index.js";
import type { RunRecord } from "../../training/index.js";
import { finishedOf } from "./diverged.js";
import type { DrawnImages } from "./drawn.js";
import { type General, generalOf } from "./general.js";
import type { Spread } from "./spread.js";
import { spreadOverUnits } from "./tunings.js";

/** A run, and what was found beside it. */
export interface MeasuredRun extends RunRecord {
  /** How it does on all disjoint pairs of the test images, where that was measured. */
  readonly allTestPairs?: RunEvaluation;
  /** The right answers of the pairs that its error is measured on, where they were counted. */
  readonly answers?: RightAnswers;
  /** The images of all these pairs, where it is known which of them the network decides wrong. */
  readonly drawn?: DrawnImages;
}

/** One network over rounds, each measured on all disjoint pairs of the test images that its seed draws. */
export interface AllTestPairs {
  /** Of each round. */
  readonly pairs: number;
  readonly testError: Spread;
  /** How these errors are distributed over the rounds. */
  readonly distribution: FiveNumbers;
  /** The same mean for other images too, where verdicts on single pairs are known. */
  readonly general?: General;
  /**
   * The standard deviation that one round's error has only from the number of these pairs. All rounds share the images, so it is also
   * the most that their finite number adds to the mean over any number of rounds.
   */
  readonly samplingSd: number;
}

/**
 * @param runs  of one network; the result is undefined unless all that did not diverge were measured, and where a round has no other test
 *   pairs than its own
 * @param tunings  that chose its settings: with several, intervals are over them
 */
export function allTestPairsOf(runs: readonly MeasuredRun[], tunings = 1): AllTestPairs | undefined {
  const measured = runs.flatMap(({ allTestPairs }) => allTestPairs ?? []);
  const pairs = measured[0]?.pairs;
  if (pairs === undefined || measured.length < finishedOf(runs).length || !runs.some(hasMorePairs)) return undefined;
  const errors = measured.map((each) => each.testError);
  const testError = spreadOverUnits(
    runs.map(({ allTestPairs }) => allTestPairs?.testError ?? Number.NaN),
    pairs,
    tunings,
  );
  const general = generalOf(testError, pairs, [{ runs, weight: 1 }]);
  return {
    pairs,
    testError,
    distribution: fiveNumbers(errors),
    ...(general && { general }),
    samplingSd: samplingSd(testError.mean, pairs),
  };
}

/** Whether a run was measured on more test pairs than its round's own. */
export const hasMorePairs = ({ allTestPairs, config }: Pick<MeasuredRun, "allTestPairs" | "config">): boolean =>
  allTestPairs !== undefined && allTestPairs.pairs > config.testPairs;
