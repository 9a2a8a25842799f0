import type { PairCountNames } from "../../core/data/pools.js";
import {
  type Experiment,
  type ExperimentStep,
  type Findings,
  runExperiment,
} from "../../core/experiments/shared/experiment.js";
import type { EngineIdentity } from "../../core/training/job.js";
import { type MeasuringEvent, measureRuns } from "./measure-runs.js";
import { type RunJobsOptions, runJobs } from "./run-jobs.js";

/** Options of `runStoredExperiment`. */
export interface StoredExperimentOptions extends Omit<RunJobsOptions, "signal" | "onEvent"> {
  /** The kernels' identity, from `engineIdentity`. */
  readonly engine: EngineIdentity;
  /** For errors: how the user can ask for other pairs. Default: as in the library. */
  readonly pairNames?: PairCountNames;
  /** Aborting it stops all work; finished runs and checkpoints stay in the store. */
  readonly signal?: AbortSignal;
  /** Called before the runs of a step are trained. */
  readonly onStep?: (step: ExperimentStep) => void;
  readonly onEvent?: RunJobsOptions["onEvent"];
  /** Called as networks are measured on all test pairs. */
  readonly onMeasuring?: (event: MeasuringEvent) => void;
}

/**
 * Runs an experiment over a run store and worker threads, as the command line does: runs that the store has are not trained again,
 * so a stopped experiment continues where it was.
 *
 * @throws the signal's reason when it is aborted; InvalidRequest as `runExperiment` and `runJobs`
 */
export function runStoredExperiment<Options, Result>(
  experiment: Experiment<Options, Result>,
  options: Options,
  {
    engine,
    pairNames,
    signal = new AbortController().signal,
    onStep = () => {},
    onEvent = () => {},
    onMeasuring = () => {},
    ...means
  }: StoredExperimentOptions,
): Promise<Findings<Result>> {
  const { dataset, threads } = means;
  const apparatus = { dataset, engine, workers: threads.length, ...(pairNames && { pairNames }) };
  return runExperiment(experiment, options, apparatus, async (step) => {
    onStep(step);
    const records = await runJobs(step.jobs, { ...means, signal, onEvent });
    return step.onAllTestPairs ? measureRuns(records, { ...means, signal, onProgress: onMeasuring }) : records;
  });
}
