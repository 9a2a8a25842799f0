import { mean, meanInterval } from "../../statistics/index.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import { finishedOf } from "./diverged.js";
import { centerOf, type Spread } from "./spread.js";

/** What a network's probabilities are worth, over the rounds that did not diverge. The measures are those of `Calibration`. */
export interface CalibrationOverRounds {
  /** The test pairs of each round that it is measured on. */
  readonly pairs: number;
  readonly expectedError: Spread;
  /** The mean of what `expectedError` would be if every probability were right. */
  readonly byChance: number;
  readonly brierScore: Spread;
  /** In nats. */
  readonly logLoss: Spread;
}

/** @param runs  of one network; the result is undefined unless all that did not diverge were measured, on as many pairs */
export function calibrationOver(
  runs: readonly Pick<MeasuredRun, "allTestPairs" | "diverged">[],
): CalibrationOverRounds | undefined {
  const measured = finishedOf(runs).map(({ allTestPairs }) => allTestPairs);
  const pairs = measured[0]?.pairs;
  const each = measured.flatMap((found) => (found?.pairs === pairs ? (found?.calibration ?? []) : []));
  if (pairs === undefined || each.length < measured.length) return undefined;
  return {
    pairs,
    expectedError: spreadOf(each.map(({ expectedError }) => expectedError.error)),
    byChance: mean(each.map(({ expectedError }) => expectedError.byChance)),
    brierScore: spreadOf(each.map(({ brierScore }) => brierScore)),
    logLoss: spreadOf(each.map(({ logLoss }) => logLoss)),
  };
}

/** None of these measures is below 0. Equal ones have no interval: unlike errors they are not counts. */
function spreadOf(values: readonly number[]): Spread {
  const interval = meanInterval(values);
  return { ...centerOf(values), ci95: interval ? [Math.max(interval[0], 0), interval[1]] : null };
}
