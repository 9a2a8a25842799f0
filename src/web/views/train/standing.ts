import { mean, standardDeviation } from "../../../core/statistics/moments.js";
import type { Run } from "../../training/run.js";

/** Where a network stands: its test errors so far, as fractions of pairs. */
export interface Standing {
  /** The mean over the rounds that are done; before the first of them, over those in training after their last epoch. */
  readonly error: number;
  /** Over the rounds that are done; null for one of them, and before. */
  readonly sd: number | null;
  /** Of each round that is done and did not diverge, by its seed. */
  readonly done: ReadonlyMap<number, number>;
  /** Of each round in training, after its last epoch. */
  readonly moving: readonly number[];
  /** Whether no round is left to train. */
  readonly isFinal: boolean;
}

/** @param runs  of one network; undefined while none has an error */
export function standingOf(runs: readonly Run[]): Standing | undefined {
  const done = new Map(
    runs.flatMap(({ job, trained }) =>
      trained && !trained.record.diverged ? [[job.seed, trained.record.testError] as const] : [],
    ),
  );
  const moving = runs.flatMap(({ trained, results }) => {
    const last = results.at(-1);
    return trained || !last ? [] : [1 - last.testAccuracy];
  });
  const shown = done.size > 0 ? [...done.values()] : moving;
  if (shown.length === 0) return undefined;
  return {
    error: mean(shown),
    sd: done.size > 0 ? (standardDeviation(shown) ?? null) : null,
    done,
    moving,
    isFinal: done.size > 0 && runs.every(({ status }) => status === "finished" || status === "failed"),
  };
}

/** By how much a network's test error is above another's, on average over the rounds that both have done; undefined without one. */
export function stepFrom(other: Standing | undefined, own: Standing | undefined): number | undefined {
  const both = [...(own?.done ?? [])].flatMap(([seed, error]) => {
    const beside = other?.done.get(seed);
    return beside === undefined ? [] : [error - beside];
  });
  return both.length > 0 ? mean(both) : undefined;
}

/** Where the axis of test errors can end. */
const ENDS = [0.25, 0.5, 1] as const;

/**
 * The end of the axis that all networks share: results lie on it. What is still in training may be beyond.
 *
 * @param least  an error that lies on it in any case
 */
export function axisEnd(standings: readonly (Standing | undefined)[], least = 0): number {
  const highest = Math.max(least, ...standings.map((each) => (each && each.done.size > 0 ? each.error : 0)));
  return ENDS.find((end) => highest <= end) ?? 1;
}
