import type { Run } from "./run.js";

export interface ExperimentProgress {
  readonly finished: number;
  readonly failed: number;
  readonly total: number;
  /** The fraction of all epochs that are done. */
  readonly part: number;
  /** The estimated seconds until all is done; undefined before the first epoch. */
  readonly secondsLeft: number | undefined;
}

/**
 * The progress of an experiment. The time left is estimated from the time of each network's epochs so far. For a network that has
 * not begun, the mean of the others is used.
 *
 * @param lanes  how many runs are trained at the same time
 */
export function progressOf(runs: readonly Run[], lanes: number): ExperimentProgress {
  const counted = runs.filter(({ status }) => status !== "failed");
  const epochs = counted.reduce((sum, { job }) => sum + job.config.epochs, 0);
  const done = counted.reduce((sum, { epoch }) => sum + epoch, 0);
  const perEpoch = new Map<string, number>();
  for (const name of new Set(runs.map(({ job }) => job.architecture))) {
    const own = runs.filter(({ job }) => job.architecture === name);
    const trained = own.reduce((sum, { epoch }) => sum + epoch, 0);
    if (trained > 0) perEpoch.set(name, own.reduce((sum, { seconds }) => sum + seconds, 0) / trained);
  }
  const known = [...perEpoch.values()];
  const usual = known.reduce((sum, each) => sum + each, 0) / known.length;
  const left = counted.map(({ job, epoch }) => (job.config.epochs - epoch) * (perEpoch.get(job.architecture) ?? usual));
  const waiting = left.filter((seconds) => seconds > 0);
  const atOnce = Math.min(lanes, waiting.length);
  const together = left.reduce((sum, seconds) => sum + seconds, 0);
  return {
    finished: runs.filter(({ status }) => status === "finished").length,
    failed: runs.length - counted.length,
    total: runs.length,
    part: epochs === 0 ? 0 : done / epochs,
    // The experiment takes at least as long as its longest run.
    secondsLeft: known.length === 0 ? undefined : Math.max(together / Math.max(atOnce, 1), ...waiting, 0),
  };
}
