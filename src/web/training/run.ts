import type { EpochResult, Job, RunRecord } from "../../core/index.js";

/** A run that is done, its weights outside of the script's memory. */
export interface TrainedRun {
  readonly record: RunRecord;
  /** A safetensors file. */
  readonly weights: Blob;
}

export type RunStatus = "waiting" | "training" | "finished" | "failed";

/** A run of an experiment, as far as it is. It changes; `Experiment.watch` tells when. */
export interface Run {
  readonly job: Job;
  status: RunStatus;
  /** Epochs done. */
  epoch: number;
  results: EpochResult[];
  /** Of training so far, in seconds. */
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

/** Forgets what a run has come to. */
export function resetRun(run: Run): void {
  Object.assign(run, newRun(run.job));
  delete run.failure;
}
