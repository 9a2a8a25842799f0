import type { EpochResult, Job, RunRecord } from "../../core/index.js";

/** A finished run. Its weights are outside the script's memory. */
export interface TrainedRun {
  readonly record: RunRecord;
  /** A safetensors file. */
  readonly weights: Blob;
}

export type RunStatus = "waiting" | "training" | "finished" | "failed";

/** The present state of a run of an experiment. `Experiment.watch` follows its changes. */
export interface Run {
  readonly job: Job;
  status: RunStatus;
  /** The number of finished epochs. */
  epoch: number;
  results: EpochResult[];
  /** The seconds of training so far. */
  seconds: number;
  trained?: TrainedRun;
  /** Why it failed, in one line. */
  failure?: string;
}

export function newRun(job: Job, trained?: TrainedRun): Run {
  if (!trained) return { job, status: "waiting", epoch: 0, results: [], seconds: 0 };
  const { epochs, seconds } = trained.record;
  return { job, status: "finished", epoch: job.config.epochs, results: [...epochs], seconds, trained };
}

/** Resets a run to its start. */
export function resetRun(run: Run): void {
  Object.assign(run, newRun(run.job));
  delete run.failure;
}
