import type { RunTimes } from "../../src/core/training/run-times.js";

/** Everything of a record but the time that training took, by both clocks. */
export const untimed = <Run extends RunTimes>({
  seconds: _,
  processorSeconds: __,
  yardstickSeconds: ___,
  ...rest
}: Run): Omit<Run, keyof RunTimes> => rest;
