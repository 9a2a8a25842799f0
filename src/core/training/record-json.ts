import { type JsonNumber, numberFromJson } from "../formats/json.js";
import type { RunRecord } from "./run.js";
import type { EpochResult } from "./train.js";

/** An evaluated epoch as JSON has it: losses that have left the numbers have a spelling of their own. */
export interface EpochResultJson extends Omit<EpochResult, "trainLoss" | "testLoss"> {
  readonly trainLoss: JsonNumber;
  readonly testLoss: JsonNumber;
}

/** A run's record as JSON has it. */
export interface RunRecordJson extends Omit<RunRecord, "epochs"> {
  readonly epochs: readonly EpochResultJson[];
}

/** The record that JSON stands for. */
export const recordFromJson = ({ epochs, ...rest }: RunRecordJson): RunRecord => ({
  ...rest,
  epochs: epochs.map((result) => ({
    ...result,
    trainLoss: numberFromJson(result.trainLoss),
    testLoss: numberFromJson(result.testLoss),
  })),
});
