import { type JsonNumber, numberFromJson } from "../formats/json.js";
import { isUsable } from "./divergence.js";
import type { RunRecord } from "./run.js";
import type { EpochResult } from "./train.js";

/** An evaluated epoch in JSON, where losses may be null for NaN, or "Infinity" or "-Infinity". */
export interface EpochResultJson extends Omit<EpochResult, "trainLoss" | "testLoss"> {
  readonly trainLoss: JsonNumber;
  readonly testLoss: JsonNumber;
}

/** A run's record in JSON. If the run diverged, its errors are null. */
export interface RunRecordJson extends Omit<RunRecord, "epochs" | "trainError" | "testError"> {
  readonly trainError: number | null;
  readonly testError: number | null;
  readonly epochs: readonly EpochResultJson[];
}

/** Turns a record from JSON, as `pairlab train --json` prints it, into a `RunRecord`. It does not check the record. */
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
 * Brings a record of an earlier version to the form of this one. Earlier versions trained on when a loss was not finite, and then
 * measured errors. Such a run has diverged in the first epoch with such a loss, and has no errors.
 */
function withDivergence(record: RunRecord): RunRecord {
  const lost = record.diverged ? undefined : lostEpoch(record.epochs);
  if (!lost) return record;
  return { ...record, ...divergedIn(lost), epochs: record.epochs.slice(0, record.epochs.indexOf(lost)) };
}

/** The first epoch with a loss at which training does not continue. */
export const lostEpoch = (epochs: readonly EpochResult[]): EpochResult | undefined =>
  epochs.find(({ trainLoss, testLoss }) => !isUsable(trainLoss) || !isUsable(testLoss));

/** The fields of a record whose run diverged in a known epoch at an unknown step. */
export const divergedIn = ({ epoch }: EpochResult): Pick<RunRecord, "trainError" | "testError" | "diverged"> => ({
  trainError: Number.NaN,
  testError: Number.NaN,
  diverged: { epoch, step: null, what: "loss" },
});
