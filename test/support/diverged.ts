import type { RunRecord } from "../../src/core/index.js";

/** The record of a run as if it had diverged in its first epoch. */
export const asDiverged = <Run extends RunRecord>(record: Run, step = 7): Run => ({
  ...record,
  trainError: Number.NaN,
  testError: Number.NaN,
  diverged: { epoch: 1, step, what: "loss" },
  epochs: [],
});
