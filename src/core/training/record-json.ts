import { type JsonNumber, numberFromJson } from "../formats/json.js";
import { isUsable } from "./divergence.js";
import type { RunRecord } from "./run.js";
import type { EpochResult } from "./train.js";

/** An evaluated epoch as JSON has it: losses that have left the numbers have a spelling of their own. */
export interface EpochResultJson extends Omit<EpochResult, "trainLoss" | "testLoss"> {
  readonly trainLoss: JsonNumber;
  readonly testLoss: JsonNumber;
}

/** A run's record as JSON has it: a run that diverged has null for errors. */
export interface RunRecordJson extends Omit<RunRecord, "epochs" | "trainError" | "testError"> {
  readonly trainError: number | null;
  readonly testError: number | null;
  readonly epochs: readonly EpochResultJson[];
}

/** The record that JSON stands for, as `pairlab train --json` prints it. What it is given is not checked. */
export const recordFromJson = ({ epochs, ...record }: RunRecordJson): RunRecord =>
  withDivergence({
    ...record,
    trainError: numberFromJson(record.trainError),
    testError: numberFromJson(record.testError),
    epochs: epochs.map((result) => ({
      ...result,
      trainLoss: numberFromJson(result.trainLoss),
      testLoss: numberFromJson(result.testLoss),
    })),
  });

/**
 * A record as this version would have it. Earlier versions trained on when a loss had left the numbers, and measured errors of
 * what came of it: such a run has diverged, in the first epoch whose losses say so, and has no errors.
 */
function withDivergence(record: RunRecord): RunRecord {
  const lost = record.diverged ? undefined : lostEpoch(record.epochs);
  if (!lost) return record;
  return { ...record, ...divergedIn(lost), epochs: record.epochs.slice(0, record.epochs.indexOf(lost)) };
}

/** The first epoch with a loss that training does not go on from. */
export const lostEpoch = (epochs: readonly EpochResult[]): EpochResult | undefined =>
  epochs.find(({ trainLoss, testLoss }) => !isUsable(trainLoss) || !isUsable(testLoss));

/** What a record has of a run of which only the epoch is known in which it diverged. */
export const divergedIn = ({ epoch }: EpochResult): Pick<RunRecord, "trainError" | "testError" | "diverged"> => ({
  trainError: Number.NaN,
  testError: Number.NaN,
  diverged: { epoch, step: null, what: "loss" },
});
