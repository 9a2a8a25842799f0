import { jackknife, mean } from "../../statistics/index.js";
import { exp, ln } from "../../statistics/logarithm.js";
import { FEWEST_FOR_MEAN } from "../../statistics/mean-interval.js";
import { tQuantile } from "../../statistics/student.js";
import type { RunConfig } from "../../training/job.js";
import { finishedRounds, type LearningCurve, logPairsWithout } from "./data-factor.js";

/** A learning curve with the steps of the optimizer that each error took. */
export interface CurveWithSteps extends LearningCurve {
  /** As `errors`. */
  readonly steps: readonly (readonly number[])[];
}

/** How many times as many steps of the optimizer a network needs without a hint for the same test error. */
export interface StepsFactor {
  /** Null where the sizes cannot tell it: where the data's factor is a bound, or a run that it rests on diverged. */
  readonly factor: number | null;
  /** The 95% interval; null with fewer than three rounds, or where leaving one out leaves a bound. */
  readonly ci95: readonly [number, number] | null;
}

/** Steps of the optimizer in a run: one for each batch of each epoch. */
export const stepsOf = ({
  epochs,
  trainPairs,
  batchSize,
}: Pick<RunConfig, "epochs" | "trainPairs" | "batchSize">): number => epochs * Math.ceil(trainPairs / batchSize);

/**
 * What a hint is worth in steps: those of the network without it at the number of pairs at which its curve has the same error, over those
 * with it. Between two sizes, the mean logarithm of steps lies on a straight line over that of pairs. The interval is Student's around the
 * logarithm, with the jackknife's standard error over rounds.
 *
 * @param pairs  one of the sizes of `hinted`
 * @param least  as `dataFactor` has it
 */
export function stepsFactor(hinted: CurveWithSteps, plain: CurveWithSteps, pairs: number, least: number): StepsFactor {
  const place = hinted.pairs.indexOf(pairs);
  const [errors, steps] = [hinted.errors[place] ?? [], hinted.steps[place] ?? []];
  const rounds = finishedRounds([errors, ...plain.errors]);
  if (rounds.length < errors.length || rounds.length === 0) return { factor: null, ci95: null };
  const meanLog = (values: readonly number[], own: readonly number[]) =>
    mean(own.map((round) => ln(values[round] as number)));
  const logFactor = (own: readonly number[]): number => {
    const at = logPairsWithout(errors, plain, least, own);
    if (!Number.isFinite(at)) return at;
    const logs = plain.steps.map((each) => meanLog(each, own));
    return between(at, plain.pairs.map(ln), logs) - meanLog(steps, own);
  };
  const estimate = logFactor(rounds);
  if (!Number.isFinite(estimate)) return { factor: null, ci95: null };
  return { factor: exp(estimate), ci95: intervalOf(estimate, rounds, logFactor) };
}

function intervalOf(
  estimate: number,
  rounds: readonly number[],
  logFactor: (own: readonly number[]) => number,
): readonly [number, number] | null {
  const n = rounds.length;
  if (n < FEWEST_FOR_MEAN) return null;
  const without = rounds.map((left) => logFactor(rounds.filter((round) => round !== left)));
  if (!without.every(Number.isFinite)) return null;
  const half = tQuantile(0.975, n - 1) * jackknife(without);
  return half <= 1e-12 ? null : [exp(estimate - half), exp(estimate + half)];
}

/** The value at `x` of straight lines between points; x is from the first to the last. */
function between(x: number, xs: readonly number[], ys: readonly number[]): number {
  const after = Math.max(
    1,
    xs.findIndex((each) => each >= x),
  );
  const [start, stop] = [xs[after - 1] as number, xs[after] as number];
  const [low, high] = [ys[after - 1] as number, ys[after] as number];
  return low + ((x - start) / (stop - start)) * (high - low);
}
