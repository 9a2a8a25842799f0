import type { RightAnswers } from "../../data/pairs.js";
import { InvalidRequest } from "../../errors.js";
import type { Calibration } from "../../measures/index.js";
import { errorOver } from "../../runs/group-summary.js";
import { type FiveNumbers, fiveNumbers } from "../../statistics/index.js";
import type { RunRecord, RunSummary, RunTimes } from "../../training/index.js";
import type { ExperimentContext } from "../shared/context.js";
import { hasMorePairs, type MeasuredRun } from "./all-test-pairs.js";
import { type CalibrationOverRounds, calibrationOver } from "./calibration.js";
import { type ConstantRounds, constantAnswerOf, constantRoundsOf, type MayRepeat } from "./constant-answer.js";
import { type DivergedShare, divergedCount, divergedShare, finishedOf } from "./diverged.js";
import { type General, generalOf } from "./general.js";
import type { Spread } from "./spread.js";

/** The part of a run in one round that an experiment keeps; its errors are NaN if it diverged. */
export interface RoundResult
  extends Pick<RunRecord, "id" | "seed" | "trainError" | "testError" | "diverged" | "weightsSha256">,
    MayRepeat {
  /** Fraction of all disjoint pairs of the test images, where the network was measured on them. */
  readonly allTestPairsError?: number;
  /** On these pairs, where the network was measured on them. */
  readonly calibration?: Calibration;
  /** The right answers of the pairs that `testError` is measured on, where they were counted. */
  readonly answers?: RightAnswers;
}

/** One network over rounds. Errors are fractions of pairs, of the rounds that did not diverge. */
export interface RoundsSummary {
  readonly trainError: Spread;
  readonly testError: Spread;
  /** How the test errors are distributed over the rounds; null if every round diverged. */
  readonly distribution: FiveNumbers | null;
  /** On all disjoint pairs of the test images, where every network was measured on them. */
  readonly calibration?: CalibrationOverRounds;
  /** The mean test error for other images too, where verdicts on single pairs are known. */
  readonly general?: General;
  /** How many rounds diverged; absent if none did. */
  readonly diverged?: number;
  readonly divergedShare: DivergedShare;
  /** In how many rounds the network says the same to every pair; absent if in none. */
  readonly constantRounds?: ConstantRounds;
  /** In the order of their seeds. */
  readonly runs: readonly RoundResult[];
}

/**
 * @param runs     of one network, in the order of their seeds
 * @param tunings  that chose its settings: with several, intervals are over them
 */
export function summarizeRounds(
  runs: readonly (RunSummary & Pick<MeasuredRun, "allTestPairs" | "answers" | "drawn">)[],
  tunings = 1,
): RoundsSummary {
  const results = runs.map((run): RoundResult => {
    const { id, seed, trainError, testError, diverged, allTestPairs, answers, weightsSha256 } = run;
    return {
      id,
      seed,
      trainError,
      testError,
      ...(diverged && { diverged }),
      ...(allTestPairs && hasMorePairs(run) && { allTestPairsError: allTestPairs.testError }),
      ...(allTestPairs?.calibration && { calibration: allTestPairs.calibration }),
      ...(answers && { answers }),
      ...constantAnswerOf(run),
      weightsSha256,
    };
  });
  const testError = errorOver(runs, "testError", tunings);
  const calibration = calibrationOver(runs, tunings);
  const general = generalOf(testError, runs[0]?.config.testPairs ?? 0, [{ runs, weight: 1 }]);
  return {
    trainError: errorOver(runs, "trainError", tunings),
    testError,
    distribution: distributionOf(finishedOf(runs).map((run) => run.testError)),
    ...(calibration && { calibration }),
    ...(general && { general }),
    ...divergedCount(runs),
    divergedShare: divergedShare(runs, tunings),
    ...constantRoundsOf(results),
    runs: results,
  };
}

/** Null without errors. */
export const distributionOf = (errors: readonly number[]): FiveNumbers | null =>
  errors.length > 0 ? fiveNumbers(errors) : null;

/** Times that runs recorded, in seconds. How far the greatest lies from the least says how comparable they are. */
export interface SecondsPerRun extends Pick<FiveNumbers, "median" | "least" | "greatest"> {
  readonly clock: Clock;
}

/**
 * The processor's time, as the median of the machines that trained would have taken it, or as each machine took it; or that of the wall,
 * which is longer where the machine did other work as well.
 */
export type Clock = "yardstick" | "processor" | "wall";

/** What each tells. */
export const CLOCKS: Readonly<Record<Clock, string>> = {
  yardstick: "Processor time",
  processor: "Processor time",
  wall: "Wall-clock time",
};

/** Tells the time of a run in seconds, by one clock for all runs of an experiment. */
export interface RunClock {
  readonly name: Clock;
  readonly secondsOf: (run: RunTimes) => number;
}

export const WALL: RunClock = { name: "wall", secondsOf: ({ seconds }) => seconds };

/** The clock by which runs can be compared best: with the yardstick or without it if every run has what it takes, else the wall's. */
export function clockOf(runs: readonly RunTimes[]): RunClock {
  const processor = runs.flatMap(({ processorSeconds }) => processorSeconds ?? []);
  if (processor.length < runs.length) return WALL;
  const yardsticks = runs.flatMap(({ yardstickSeconds }) => yardstickSeconds ?? []);
  if (yardsticks.length < runs.length || yardsticks.length === 0)
    return { name: "processor", secondsOf: ({ processorSeconds = Number.NaN }) => processorSeconds };
  const { median } = fiveNumbers(yardsticks);
  return {
    name: "yardstick",
    secondsOf: ({ processorSeconds = Number.NaN, yardstickSeconds = Number.NaN }) =>
      (processorSeconds * median) / yardstickSeconds,
  };
}

/** Of the runs that did not end early; of all runs if every one did. */
export function secondsPerRun(runs: readonly RunSummary[], { name, secondsOf }: RunClock): SecondsPerRun {
  const finished = finishedOf(runs);
  const { median, least, greatest } = fiveNumbers((finished.length > 0 ? finished : runs).map(secondsOf));
  return { median, least, greatest, clock: name };
}

/**
 * An architecture's runs in the rounds of an experiment, in their order.
 *
 * @throws InvalidRequest unless it has exactly one run of each seed and no other runs
 */
export function everyRoundOf<Run extends RunRecord>(
  name: string,
  records: readonly Run[],
  context: Pick<ExperimentContext, "rounds" | "seed">,
): Run[] {
  return inEveryRound(
    name,
    records.filter(({ architecture }) => architecture === name),
    context,
  );
}

/** The same for the runs of anything that has that name in errors. */
export function inEveryRound<Run extends RunRecord>(
  name: string,
  own: readonly Run[],
  { rounds, seed }: Pick<ExperimentContext, "rounds" | "seed">,
): Run[] {
  const stranger = own.find((record) => record.seed < seed || record.seed >= seed + rounds);
  if (stranger)
    throw new InvalidRequest(
      `${name} has a run of seed ${stranger.seed}, which is not a round of this experiment: its seeds are ${seed} to ${seed + rounds - 1}`,
    );
  return Array.from({ length: rounds }, (_, round) => {
    const [run, another] = own.filter((record) => record.seed === seed + round);
    if (run && !another) return run;
    throw new InvalidRequest(
      `${name} has ${run ? "more than one run" : "no run"} of seed ${seed + round}: an experiment needs one run of each architecture in each round, and there are ${rounds} rounds`,
    );
  });
}
