import { type Check, listOf, optional, partly, refuse, text, within } from "../../core/checks.js";
import { checkJob } from "../../core/training/job.js";
import { lostEpoch } from "../../core/training/record-json.js";
import type { FinishedRun, RunRecord } from "../../core/training/run.js";
import { sha256 } from "./encode.js";

const errorOf: Check = (value, what) => {
  const isShare = typeof value === "number" && (Number.isNaN(value) || (value >= 0 && value <= 1));
  if (!isShare) refuse(what, "a fraction of pairs, or NaN if training diverged", value);
};

const TIME = { least: 0, most: Number.MAX_VALUE };

const RUN = partly({
  record: partly({
    id: text,
    architecture: text,
    parameters: within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true }),
    trainError: errorOf,
    testError: errorOf,
    testYes: optional(within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true })),
    epochs: listOf(partly({})),
    seconds: within(TIME),
    processorSeconds: optional(within(TIME)),
    yardstickSeconds: optional(within({ ...TIME, least: Number.MIN_VALUE })),
    weightsSha256: text,
  }),
  weights: (value, what) => {
    if (!(value instanceof Uint8Array)) refuse(what, "the bytes of a safetensors file", value);
  },
});

/**
 * A store must keep runs unchanged: its readers trust a run's id and digests.
 *
 * @throws InvalidRequest if a run is not as `runJob` gives it
 */
export function checkRun(run: FinishedRun): void {
  RUN(run, "run");
  const { record, weights } = run;
  const { id, architecture, seed, config, weightsSha256 } = record;
  checkJob({ id, architecture, seed, config });
  checkDivergence(run.record);
  if (sha256(weights) !== weightsSha256)
    refuse("run.record.weightsSha256", "the SHA-256 of run.weights", weightsSha256);
}

/** A run has errors, or says where it diverged: code that lists runs does not read losses. */
function checkDivergence({ epochs, trainError, testError, diverged }: RunRecord): void {
  const lost = lostEpoch(epochs);
  const hasErrors = !Number.isNaN(trainError) && !Number.isNaN(testError);
  if (!diverged && (lost || !hasErrors))
    refuse("run.record.diverged", "where the run diverged, because the run lacks an error or a loss", diverged);
  if (diverged && hasErrors) refuse("run.record.trainError", "NaN, because the run diverged", trainError);
}
