import { jackknife, mean, nonIncreasingFit } from "../../statistics/index.js";
import { exp, ln } from "../../statistics/logarithm.js";
import { FEWEST_FOR_MEAN } from "../../statistics/mean-interval.js";
import { tQuantile } from "../../statistics/student.js";

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
   * The 95% interval. An end is null if it lies outside what the measured sizes can tell. The interval is null with fewer than three
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

/** Half a wrong pair among all test pairs of all rounds. */
export const leastError = (rounds: number, testPairs: number): number => 0.5 / (rounds * testPairs);

/**
 * What a hint is worth in training data: the mean test error with the hint, at `pairs` training pairs, is looked up on the
 * mean learning curve without it, made non-increasing by isotonic regression and interpolated linearly, log error against
 * log pairs; the number of pairs found there, over `pairs`, is the factor. Between two sizes, the error with the hint lies on
 * such a line too.
 *
 * Its interval has every number of pairs at which the two errors are not shown to differ: at which the difference of their logarithms is
 * at most t(0.975, n − 1) times its standard error by the jackknife over rounds (Tukey 1958), which are left out for both networks
 * and all sizes together. It inverts a test, as Fieller's interval of a ratio does (1954), so an end may lie outside all sizes.
 *
 * @param pairs  from the fewest to the most of `hinted`
 * @param least  a lower mean error counts as this, because an error of 0 has no logarithm; see `leastError`
 * @throws Error if `hinted` has no such number of pairs
 */
export function dataFactor(hinted: LearningCurve, plain: LearningCurve, pairs: number, least: number): DataFactor {
  const all = sharesAt(hinted, pairs);
  const finished = finishedRounds([...all.map(({ errors }) => errors), ...plain.errors]);
  const lost = (all[0]?.errors.length ?? 0) - finished.length;
  const diverged = lost > 0 ? { diverged: lost } : {};
  if (finished.length === 0) return { factor: Number.NaN, ci95: null, pairsWithout: Number.NaN, ...diverged };
  const fit = fitOf(all, plain, least, finished);
  const estimate = reaching(fit.error, fit.curve);
  const [fewest, most] = [plain.pairs[0] as number, plain.pairs.at(-1) as number];
  const within = (log: number): number =>
    log <= ln(fewest) ? fewest / pairs : log >= ln(most) ? most / pairs : exp(log - ln(pairs));
  const factor = within(estimate);
  const known = lost === 0 && finished.length >= FEWEST_FOR_MEAN;
  const without = known ? jackknifed(finished, (rounds) => fitOf(all, plain, least, rounds)) : [];
  const ends = known ? endsOf(fit, without, Number.isFinite(estimate)) : undefined;
  return {
    factor,
    ci95: ends ? [end(ends[0], within), end(ends[1], within)] : null,
    pairsWithout: factor * pairs,
    ...diverged,
    ...(Number.isFinite(estimate) ? {} : { beyond: true, bound: estimate > 0 ? "lower" : "upper" }),
  };
}

/**
 * The mean test error of a curve at a number of pairs, as `dataFactor` takes it: over the rounds that did not diverge there. NaN if all did.
 *
 * @throws Error if the curve has no such number of pairs
 */
export function meanErrorAt(curve: LearningCurve, pairs: number, least: number): number {
  const all = sharesAt(curve, pairs);
  const finished = finishedRounds(all.map(({ errors }) => errors));
  return finished.length === 0 ? Number.NaN : exp(logErrorOf(all, finished, least));
}

/** Every round's error at a size, and what part of the error's logarithm its mean's is. */
interface Share {
  readonly errors: readonly number[];
  readonly part: number;
}

/** Of the size that has so many pairs, or of the two sizes around them: the parts are those of a straight line over the logarithm of pairs. */
function sharesAt({ pairs: sizes, errors }: LearningCurve, pairs: number): readonly Share[] {
  const after = sizes.findIndex((size) => size >= pairs);
  const [upper, lower] = [errors[after], errors[after - 1]];
  if (upper && sizes[after] === pairs) return [{ errors: upper, part: 1 }];
  if (!upper || !lower) throw new Error(`the curve with the hint has no ${pairs} pairs`);
  const [start, stop] = [ln(sizes[after - 1] as number), ln(sizes[after] as number)];
  const part = (ln(pairs) - start) / (stop - start);
  return [
    { errors: lower, part: 1 - part },
    { errors: upper, part },
  ];
}

/** The logarithm of the mean error over some rounds. */
const logErrorOf = (shares: readonly Share[], rounds: readonly number[], least: number): number =>
  shares.reduce((sum, { errors, part }) => sum + part * ln(meanOver(rounds, errors, least)), 0);

const meanOver = (rounds: readonly number[], values: readonly number[], least: number): number =>
  Math.max(mean(rounds.map((round) => values[round] as number)), least);

/** A learning curve in logarithms; errors do not increase. */
interface LogCurve {
  readonly logPairs: readonly number[];
  readonly logErrors: readonly number[];
}

/** The logarithms of an error and of a curve, both means over the same rounds. */
interface Fit {
  readonly error: number;
  readonly curve: LogCurve;
}

/**
 * The logarithm of the pairs at which the mean curve without a hint, made non-increasing, comes down to the mean of errors: ±Infinity where
 * they lie outside the curve.
 *
 * @param rounds  over which means are taken
 */
export function logPairsWithout(
  errors: readonly number[],
  plain: LearningCurve,
  least: number,
  rounds: readonly number[],
): number {
  const { error, curve } = fitOf([{ errors, part: 1 }], plain, least, rounds);
  return reaching(error, curve);
}

function fitOf(shares: readonly Share[], plain: LearningCurve, least: number, rounds: readonly number[]): Fit {
  const weights = plain.pairs.map(() => rounds.length);
  const means = plain.errors.map((values) => meanOver(rounds, values, least));
  const logErrors = nonIncreasingFit(means, weights).map(ln);
  return { error: logErrorOf(shares, rounds, least), curve: { logPairs: plain.pairs.map(ln), logErrors } };
}

/** The rounds in which no run diverged. */
export const finishedRounds = (errors: readonly (readonly number[])[]): number[] =>
  (errors[0] ?? []).flatMap((_, round) => (errors.some((each) => Number.isNaN(each[round])) ? [] : [round]));

/** A fit without each of the rounds in turn. */
const jackknifed = (rounds: readonly number[], fitted: (rounds: readonly number[]) => Fit): Fit[] =>
  rounds.map((left) => fitted(rounds.filter((round) => round !== left)));

const end = (log: number | null, within: (log: number) => number): number | null => (log === null ? null : within(log));

/**
 * The logarithm of the fewest pairs with which a curve comes down to an error: ±Infinity where that is above or below all
 * sizes.
 */
function reaching(error: number, { logPairs, logErrors }: LogCurve): number {
  const after = logErrors.findIndex((value) => value <= error);
  if (after === -1) return Number.POSITIVE_INFINITY;
  const [low, high] = [logErrors[after] as number, logErrors[after - 1]];
  if (high === undefined) return low === error ? (logPairs[after] as number) : Number.NEGATIVE_INFINITY;
  const [start, stop] = [logPairs[after - 1] as number, logPairs[after] as number];
  return start + ((high - error) / (high - low)) * (stop - start);
}

/** A curve's value between or at its sizes. */
function valueAt(x: number, { logPairs, logErrors }: LogCurve): number {
  const after = Math.max(
    1,
    logPairs.findIndex((place) => place >= x),
  );
  const [start, stop] = [logPairs[after - 1] as number, logPairs[after] as number];
  const [high, low] = [logErrors[after - 1] as number, logErrors[after] as number];
  return high + ((x - start) / (stop - start)) * (low - high);
}

/** Of the space between two sizes, before ends are found to the last digit. */
const PLACES = 32;
/** Differences below this are of rounding. */
const ROUNDING = 1e-12;

/**
 * The ends of the places at which the curve is not shown to differ from the error, as logarithms of pairs; null where even the fewest
 * or the most pairs are such a place. Undefined for equal rounds.
 */
function endsOf(
  whole: Fit,
  without: readonly Fit[],
  isBetween: boolean,
): readonly [number | null, number | null] | undefined {
  const n = without.length;
  const t = tQuantile(0.975, n - 1);
  const gap = ({ error, curve }: Fit, x: number) => valueAt(x, curve) - error;
  const errorAt = (x: number) => jackknife(without.map((fit) => gap(fit, x)));
  const { logPairs } = whole.curve;
  const [fewest, most] = [logPairs[0] as number, logPairs.at(-1) as number];
  if (isBetween && logPairs.every((x) => errorAt(x) <= ROUNDING)) return undefined;
  const isHigher = (x: number) => gap(whole, x) > t * errorAt(x) + ROUNDING;
  const isLower = (x: number) => gap(whole, x) < -t * errorAt(x) - ROUNDING;
  const places = placesBetween(logPairs);
  const first = places.findIndex((x) => !isHigher(x));
  const last = places.findLastIndex((x) => !isLower(x));
  return [
    first === 0 ? null : first < 0 ? most : border(places[first - 1] as number, places[first] as number, isHigher),
    last === places.length - 1
      ? null
      : last < 0
        ? fewest
        : border(places[last + 1] as number, places[last] as number, isLower),
  ];
}

const placesBetween = (sizes: readonly number[]): number[] => [
  ...sizes.slice(1).flatMap((stop, i) => {
    const start = sizes[i] as number;
    return Array.from({ length: PLACES }, (_, place) => start + (place / PLACES) * (stop - start));
  }),
  sizes.at(-1) as number,
];

/** Where something ends that holds at `from` and not at `to`, by bisection. */
function border(from: number, to: number, holds: (x: number) => boolean): number {
  let [inside, outside] = [from, to];
  for (let i = 0; i < 40; i++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
}
