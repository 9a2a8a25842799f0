import { asked } from "../../core/data/relations.js";
import { BALANCED, isPapers } from "../../core/experiments/shared/question.js";
import { duration, percent } from "../../core/text/format.js";
import { divergedInWords } from "../../core/training/divergence.js";
import { relationOf } from "../../core/training/job.js";
import type { RunSummary } from "../../core/training/run.js";
import { Lines } from "./terminal/lines.js";

/** A run in two lines: what it came to, and where it is. */
export function describeRun(
  { id, architecture, seed, config, trainError, testError, diverged, seconds, weightsSha256 }: RunSummary,
  runs: string,
): Lines {
  const { epochs, evaluateOn } = config;
  const result = diverged
    ? divergedInWords(diverged)
    : `${evaluateOn} error ${percent(testError)}, train error ${percent(trainError)} after ${epochs} epoch${epochs === 1 ? "" : "s"}`;
  return new Lines([
    `${architecture}, seed ${seed}: ${result} (${duration(seconds)})`,
    ...(isPapers(config.relation)
      ? []
      : [`asked: ${asked(relationOf(config))}${config.balance ? ` ${BALANCED}` : ""}`]),
    `run ${id} in ${runs}/, weights' SHA-256 ${weightsSha256}`,
  ]);
}
