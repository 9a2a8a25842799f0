import type { Calibration } from "../../measures/index.js";
import { meanInterval } from "../../statistics/index.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import { finishedOf } from "./diverged.js";
import { centerOf, type Spread } from "./spread.js";
import { finishedUnits } from "./tunings.js";

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

/**
 * @param runs     of one network; the result is undefined unless all that did not diverge were measured, on as many pairs
 * @param tunings  that chose its settings: with several, means and intervals are over them
 */
export function calibrationOver(
  runs: readonly Pick<MeasuredRun, "allTestPairs" | "diverged">[],
  tunings = 1,
): CalibrationOverRounds | undefined {
  const measured = finishedOf(runs).map(({ allTestPairs }) => allTestPairs);
  const pairs = measured[0]?.pairs;
  if (pairs === undefined || !measured.every((found) => found?.pairs === pairs && found.calibration)) return undefined;
  const over = (measure: (calibration: Calibration) => number) =>
    spreadOf(
      runs.map(({ allTestPairs, diverged }) =>
        diverged ? Number.NaN : measure(allTestPairs?.calibration as Calibration),
      ),
      tunings,
    );
  return {
    pairs,
    expectedError: over(({ expectedError }) => expectedError.error),
    byChance: over(({ expectedError }) => expectedError.byChance).mean,
    brierScore: over(({ brierScore }) => brierScore),
    logLoss: over(({ logLoss }) => logLoss),
  };
}

/** None of these measures is below 0. Equal ones have no interval: unlike errors they are not counts. */
function spreadOf(values: readonly number[], tunings: number): Spread {
  const units = finishedUnits(values, tunings);
  const interval = meanInterval(units);
  const { sd } = centerOf(finishedUnits(values));
  return { mean: centerOf(units).mean, sd, ci95: interval ? [Math.max(interval[0], 0), interval[1]] : null };
}
