import type { RunRecord } from "../../src/core/index.js";

/** Everything of a record but the time that training took, by both clocks. */
export const untimed = <Run extends Pick<RunRecord, "seconds" | "processorSeconds">>({
  seconds: _,
  processorSeconds: __,
  ...rest
}: Run): Omit<Run, "seconds" | "processorSeconds"> => rest;
