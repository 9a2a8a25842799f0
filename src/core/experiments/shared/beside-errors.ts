import { type FiveNumbers, mean } from "../../statistics/index.js";
import { ABSENT, count, percent, percentInterval, percentWithInterval } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import type { RunRecord } from "../../training/index.js";
import type { CalibrationOverRounds } from "./calibration.js";
import { divergedShareText, finishedOf, type MayDiverge } from "./diverged.js";
import type { Setting } from "./method.js";
import { overTunings, type TunedRounds } from "./tunings.js";

/** One network over the rounds of an experiment. */
export interface RowBeside {
  readonly title: string;
  readonly distribution: FiveNumbers | null;
  readonly calibration?: CalibrationOverRounds | undefined;
  readonly runs: readonly MayDiverge[];
}

/**
 * What stands beside the mean errors of some networks: how errors and diverged runs are distributed over the rounds.
 *
 * @param of      the errors and what they are on: "Test errors on all 5,000 test pairs of a round"
 * @param rounds  that the rows have
 */
export function distributionTable(rows: readonly RowBeside[], of: string, rounds: TunedRounds): Table {
  return {
    title: "Distribution over the rounds",
    caption: `${of}. Quartiles hold the middle half of the rounds. Diverged: of how many rounds, and the 95% interval of how often such a training diverges.${overTunings(rounds)}`,
    columns: ["", "Least", "Quartiles", "Median", "Greatest", "Diverged"],
    rows: rows.map(({ title, distribution, runs }) => [
      title,
      ...numbersOf(distribution),
      divergedShareText(runs, rounds.tunings),
    ]),
  };
}

function numbersOf(distribution: FiveNumbers | null): string[] {
  if (!distribution) return Array(4).fill(ABSENT);
  const { least, lowerQuartile, median, upperQuartile, greatest } = distribution;
  return [percent(least), percentInterval([lowerQuartile, upperQuartile]), percent(median), percent(greatest)];
}

/** How the table's numbers are made. */
export const DISTRIBUTION_SETTING: Setting = {
  name: "Distribution",
  value:
    "the 95% interval of the share of trainings that diverge is Wilson's (1927), which has a width also where none did. Quartiles between two rounds lie on the straight line that joins them",
};

/**
 * What the networks' probabilities are worth beside their errors; nothing where no network's were measured.
 *
 * @param runsOf  a row's runs, for the loss that training lowers
 * @param rounds  that the rows have
 */
export function calibrationTables<Row extends RowBeside>(
  rows: readonly Row[],
  runsOf: (row: Row) => readonly Pick<RunRecord, "epochs" | "diverged">[],
  rounds: TunedRounds,
): Table[] {
  const pairs = rows.find(({ calibration }) => calibration)?.calibration?.pairs;
  if (pairs === undefined) return [];
  const table = {
    title: "Calibration",
    caption: `Means over the rounds, each on ${count(pairs)} test pairs; in brackets the 95% interval of the mean. Chance: the calibration error that chance alone would make if every probability were right. Brier: Brier score. Log loss: the pair's own cross-entropy, in nats. Test loss: what training lowers, on a round's own test pairs; it also holds the loss on the images' classes, times its weight, where there is one, and without a head it is that alone. No difference between networks is tested here.${overTunings(rounds)}`,
    columns: ["", "Calibration error", "Chance", "Brier", "Log loss", "Test loss"],
    rows: rows.map((row) => [row.title, ...calibrationCells(row.calibration), testLossText(runsOf(row))]),
  };
  return [table];
}

function calibrationCells(calibration: CalibrationOverRounds | undefined): string[] {
  if (!calibration) return Array(4).fill(ABSENT);
  const { expectedError, byChance, brierScore, logLoss } = calibration;
  return [
    percentWithInterval(expectedError.mean, expectedError.ci95),
    percent(byChance),
    brierScore.mean.toFixed(BRIER_DIGITS),
    logLoss.mean.toFixed(LOSS_DIGITS),
  ];
}

/** The mean test loss after the last epoch. */
function testLossText(runs: readonly Pick<RunRecord, "epochs" | "diverged">[]): string {
  const last = finishedOf(runs).flatMap(({ epochs }) => epochs.at(-1)?.testLoss ?? []);
  return last.length > 0 ? mean(last).toFixed(LOSS_DIGITS) : ABSENT;
}

/** How the calibration is measured, where it is. */
export const calibrationSettings = (rows: readonly RowBeside[]): Setting[] =>
  rows.some(({ calibration }) => calibration) ? [CALIBRATION_SETTING] : [];

const CALIBRATION_SETTING: Setting = {
  name: "Calibration",
  value:
    "of the probability of yes: the head's softmax; without a head, the sum over all two classes for which the answer is yes of the product of the two images' class probabilities. Calibration error: expected calibration error in ten bins with as many pairs each (Naeini et al. 2015); Brier score: mean square of probability less answer (Brier 1950); log loss: mean of −ln of the probability of the right answer",
};

const BRIER_DIGITS = 4;
const LOSS_DIGITS = 3;
