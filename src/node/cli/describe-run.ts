import { duration, percent } from "../../core/experiments/format.js";
import type { RunSummary } from "../../core/training/run.js";
import { Lines } from "./lines.js";

/** A run in two lines: what it came to, and where it is. */
export function describeRun(
  { id, architecture, seed, config, trainError, testError, seconds, weightsSha256 }: RunSummary,
  runs: string,
): Lines {
  const { epochs, evaluateOn } = config;
  return new Lines([
    `${architecture}, seed ${seed}: ${evaluateOn} error ${percent(testError)}, train error ${percent(trainError)} after ${epochs} epoch${epochs === 1 ? "" : "s"} (${duration(seconds)})`,
    `run ${id} in ${runs}/, weights' SHA-256 ${weightsSha256}`,
  ]);
}
