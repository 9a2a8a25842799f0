import { method, partly } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import type { TextBlock } from "../../text/block.js";
import type { Job } from "../../training/job.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import { type Apparatus, checkApparatus, withAnswers } from "./apparatus.js";
import { withDrawnImages } from "./drawn-images.js";

/** Runs that an experiment needs to go on. */
export interface ExperimentStep {
  readonly jobs: readonly Job[];
  /** Their purpose: "tuning, 8 trials, round 1". Absent if the experiment has no other step. */
  readonly purpose?: string;
  /** Whether the networks are to be measured on all disjoint pairs of the test images too. */
  readonly onAllTestPairs?: true;
}

/** The findings of an experiment, and runs with the settings behind them. */
export interface Findings<Result> {
  /** Plain data: the document that the command line prints. */
  readonly result: Result;
  readonly records: readonly MeasuredRun[];
}

/** Yields steps; continue it with the records of their jobs, in the same order. */
export type Steps<Result> = Generator<ExperimentStep, Result, readonly MeasuredRun[]>;

/** The plan for some options. */
export interface ExperimentPlan<Result> {
  /** The most runs that a step has; absent if that depends on results. */
  readonly mostRuns?: number;
  readonly steps: (apparatus: Apparatus) => Steps<Findings<Result>>;
}

/** A question that is answered by training networks. */
export interface Experiment<Options, Result> {
  /** The command's, and that of the report's part. */
  readonly name: string;
  /** @throws InvalidRequest if the options cannot be used, as far as that is known without images */
  readonly plan: (options: Options) => ExperimentPlan<Result>;
  /** What was found, in tables and sentences. */
  readonly summary: (findings: Findings<Result>) => TextBlock[];
}

/** Trains the jobs of a step. @returns their records, in the same order */
export type TrainStep = (step: ExperimentStep) => Promise<readonly MeasuredRun[]>;

/**
 * Runs an experiment anywhere.
 *
 * @param train  the function that trains: with threads, workers, a queue, or a loop over `runJob`. If a step asks for `onAllTestPairs` and
 *   the records lack it, the result lacks it too
 * @throws InvalidRequest if the options cannot be used, or records are not those of a step's jobs
 */
export async function runExperiment<Options, Result>(
  experiment: Experiment<Options, Result>,
  options: Options,
  apparatus: Apparatus,
  train: TrainStep,
): Promise<Findings<Result>> {
  partly({ plan: method })(experiment, "experiment");
  checkApparatus(apparatus, "apparatus");
  method(train, "train");
  return followPlan(experiment.plan(options), apparatus, train);
}

/** The same for an existing plan. */
export async function followPlan<Result>(
  plan: ExperimentPlan<Result>,
  apparatus: Apparatus,
  train: TrainStep,
): Promise<Findings<Result>> {
  const steps = plan.steps(apparatus);
  let step = steps.next([]);
  while (!step.done) {
    const { jobs } = step.value;
    const records = await train(step.value);
    const wrong = jobs.findIndex(({ id }, i) => records[i]?.id !== id);
    if (wrong >= 0 || records.length > jobs.length)
      throw new InvalidRequest(
        `a step of ${jobs.length} jobs was answered with records of other jobs: give each job's record, in the order of the jobs`,
      );
    step = steps.next(withDrawnImages(withAnswers(records, apparatus), apparatus));
  }
  return step.value;
}
