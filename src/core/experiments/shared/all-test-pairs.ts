import type { RightAnswers } from "../../data/pairs.js";
import { samplingSd } from "../../statistics/index.js";
import type { RunEvaluation, RunRecord } from "../../training/index.js";
import { finishedOf } from "./diverged.js";
import { errorSpread, type Spread } from "./spread.js";

/** A run, and what was found beside it. */
export interface MeasuredRun extends RunRecord {
  /** How it does on all disjoint pairs of the test images, where that was measured. */
  readonly allTestPairs?: RunEvaluation;
  /** The right answers of the pairs that its error is measured on, where they were counted. */
  readonly answers?: RightAnswers;
}

/** One network over rounds, each measured on all disjoint pairs of the test images that its seed draws. */
export interface AllTestPairs {
  /** Of each round. */
  readonly pairs: number;
  readonly testError: Spread;
  /**
   * The standard deviation that one round's error has only from the number of these pairs. All rounds share the images, so it is also
   * the most that their finite number adds to the mean over any number of rounds.
   */
  readonly samplingSd: number;
}

/** @param runs  of one network; the result is undefined unless all that did not diverge were measured */
export function allTestPairsOf(runs: readonly MeasuredRun[]): AllTestPairs | undefined {
  const measured = runs.flatMap(({ allTestPairs }) => allTestPairs ?? []);
  const pairs = measured[0]?.pairs;
  if (pairs === undefined || measured.length < finishedOf(runs).length) return undefined;
  const testError = errorSpread(
    measured.map((each) => each.testError),
    pairs,
  );
  return { pairs, testError, samplingSd: samplingSd(testError.mean, pairs) };
}
