import { bcaOf, type Interval, nonIncreasingFit } from "../../statistics/index.js";
import { exp, ln } from "../../statistics/logarithm.js";

/** Test errors of one network at several numbers of training pairs, in rounds that several networks share. */
export interface LearningCurve {
  /** Training pairs, ascending; at least two numbers. */
  readonly pairs: readonly number[];
  /** For each number of pairs, the error of each round: fractions of test pairs, with the rounds in one order throughout; NaN if one diverged. */
  readonly errors: readonly (readonly number[])[];
}

/** What a hint is worth at one number of pairs. */
export interface DataFactor {
  /**
   * How many times as many training pairs the network needs without the hint for the same test error; or a bound of that. NaN if
   * every round diverged.
   */
  readonly factor: number;
  /** In how many rounds a run that it rests on diverged; absent if in none. The factor is over the other rounds, without an interval. */
  readonly diverged?: number;
  /**
   * The 95% interval. An end is null if it lies outside what the measured sizes can tell. The interval is null with fewer than two
   * rounds, if all rounds are equal, and if one diverged.
   */
  readonly ci95: readonly [number | null, number | null] | null;
  /** Training pairs that the network without the hint needs; or a bound. */
  readonly pairsWithout: number;
  /** True if the factor is only a bound, otherwise absent: the error lies outside the curve of the network without the hint. */
  readonly beyond?: true;
  /** Which bound: "lower" where even the most pairs give a higher error, "upper" where the fewest give a lower one. */
  readonly bound?: "lower" | "upper";
}

/** Options of `dataFactor`. */
export interface FactorOptions {
  readonly seed?: number;
  /** Of the bootstrap; default 10,000. */
  readonly resamples?: number;
  /** A lower mean error counts as this, because an error of 0 has no logarithm; see `leastError`. */
  readonly least: number;
}

/** Half a wrong pair among all test pairs of all rounds. */
export const leastError = (rounds: number, testPairs: number): number => 0.5 / (rounds * testPairs);

/**
 * What a hint is worth in training data: the mean test error with the hint, at `pairs` training pairs, is looked up on the
 * mean learning curve without it, made non-increasing by isotonic regression and interpolated linearly, log error against
 * log pairs; the number of pairs found there, over `pairs`, is the factor. Its interval is the BCa bootstrap's of its
 * logarithm over rounds, which are resampled for both networks and all sizes together.
 *
 * @param pairs  one of the sizes of `hinted`
 * @throws Error if it is not
 */
export function dataFactor(
  hinted: LearningCurve,
  plain: LearningCurve,
  pairs: number,
  { seed = 0, resamples, least }: FactorOptions,
): DataFactor {
  const all = hinted.errors[hinted.pairs.indexOf(pairs)];
  if (!all) throw new Error(`the curve with the hint has no ${pairs} pairs`);
  const finished = all.flatMap((_, round) =>
    [all, ...plain.errors].some((each) => Number.isNaN(each[round])) ? [] : [round],
  );
  const errors = finished.map((round) => all[round] as number);
  const without = plain.errors.map((each) => finished.map((round) => each[round] as number));
  const lost = all.length - finished.length;
  const diverged = lost > 0 ? { diverged: lost } : {};
  if (finished.length === 0) return { factor: Number.NaN, ci95: null, pairsWithout: Number.NaN, ...diverged };
  const weights = plain.pairs.map(() => errors.length);
  const logPairs = plain.pairs.map(ln);
  const atLeast = (error: number) => Math.max(error, least);
  const logFactor = (rounds: Uint32Array): number => {
    const curve = nonIncreasingFit(
      without.map((each) => atLeast(meanOf(each, rounds))),
      weights,
    );
    return reaching(atLeast(meanOf(errors, rounds)), curve, logPairs) - ln(pairs);
  };

  const [fewest, most] = [plain.pairs[0] as number, plain.pairs.at(-1) as number];
  const within = (log: number): number => Math.min(Math.max(exp(log), fewest / pairs), most / pairs);
  const estimate = logFactor(Uint32Array.from(errors, (_, round) => round));
  const interval =
    lost > 0 ? undefined : bcaOf(errors.length, logFactor, seed, resamples === undefined ? {} : { resamples });
  const factor = within(estimate);
  return {
    factor,
    ci95: interval ? endsOf(interval, within) : null,
    pairsWithout: factor * pairs,
    ...diverged,
    ...(Number.isFinite(estimate) ? {} : { beyond: true, bound: estimate > 0 ? "lower" : "upper" }),
  };
}

/** An end that says "above all sizes" or "below all" bounds nothing on its own side. */
const endsOf = ([low, high]: Interval, within: (log: number) => number): [number | null, number | null] => [
  low === Number.NEGATIVE_INFINITY ? null : within(low),
  high === Number.POSITIVE_INFINITY ? null : within(high),
];

/**
 * The logarithm of the fewest pairs with which a curve comes down to an error: ±Infinity where that is above or below all
 * sizes.
 *
 * @param curve  errors, not increasing
 */
function reaching(error: number, curve: readonly number[], logPairs: readonly number[]): number {
  const after = curve.findIndex((value) => value <= error);
  if (after === -1) return Number.POSITIVE_INFINITY;
  const [low, high] = [curve[after] as number, curve[after - 1]];
  if (high === undefined) return low === error ? (logPairs[after] as number) : Number.NEGATIVE_INFINITY;
  const [start, end] = [logPairs[after - 1] as number, logPairs[after] as number];
  const part = (ln(high) - ln(error)) / (ln(high) - ln(low));
  return start + part * (end - start);
}

function meanOf(values: readonly number[], rounds: Uint32Array): number {
  let sum = 0;
  for (const round of rounds) sum += values[round] as number;
  return sum / rounds.length;
}
