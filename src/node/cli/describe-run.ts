import { asked } from "../../core/data/relations.js";
import type { MeasuredRun } from "../../core/experiments/shared/all-test-pairs.js";
import { asksAsPaper, oneAnswerOf } from "../../core/experiments/shared/question.js";
import { duration, percent } from "../../core/text/format.js";
import { divergedInWords } from "../../core/training/divergence.js";
import { relationOf } from "../../core/training/job.js";
import type { RunSummary } from "../../core/training/run.js";
import { Lines } from "./terminal/lines.js";

/** A run in two lines: what it came to, and where it is; between them what it was asked, if that is not what the paper asks. */
export function describeRun(run: RunSummary & Pick<MeasuredRun, "answers">, runs: string): Lines {
  const { id, architecture, seed, config, trainError, testError, diverged, seconds, weightsSha256 } = run;
  const { epochs, evaluateOn } = config;
  const result = diverged
    ? divergedInWords(diverged)
    : `${evaluateOn} error ${percent(testError)}, train error ${percent(trainError)} after ${epochs} epoch${epochs === 1 ? "" : "s"}`;
  return new Lines([
    `${architecture}, seed ${seed}: ${result} (${duration(seconds)})`,
    ...(asksAsPaper(config) ? [] : [["asked:", asked(relationOf(config)), ...oneAnswerOf([run])].join(" ")]),
    `run ${id} in ${runs}/, weights' SHA-256 ${weightsSha256}`,
  ]);
}
