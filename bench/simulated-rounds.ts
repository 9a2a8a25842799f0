/** Rounds with a known truth. They show how often an interval holds it and how often a test is wrong. */

/** A number in [0, 1). */
export type Uniform = () => number;

export const normal = (next: Uniform): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** A number from a distribution with mean 1 and a long tail to the right. */
export const exponential = (next: Uniform): number => -Math.log(1 - next());

/** The error measured on `pairs` pairs of a network that is wrong on a share `rate` of all pairs. */
export function binomialError(next: Uniform, rate: number, pairs = 1000): number {
  // From one wrong pair to the next.
  const skip = () => 1 + Math.floor(Math.log(1 - next()) / Math.log(1 - rate));
  let wrong = 0;
  for (let at = skip(); at <= pairs; at += skip()) wrong++;
  return wrong / pairs;
}

/** A number from the gamma distribution of a shape above 1 (Marsaglia & Tsang 2000, "A simple method for generating gamma variables"). */
function gamma(next: Uniform, shape: number): number {
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(next);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** The error on `pairs` pairs of a network whose true error varies between rounds, with that mean and deviation: beta-binomial. */
export function betaBinomialError(next: Uniform, mean: number, sd: number, pairs = 1000): number {
  const size = (mean * (1 - mean)) / sd ** 2 - 1;
  const [wrong, right] = [gamma(next, mean * size), gamma(next, (1 - mean) * size)];
  return binomialError(next, wrong / (wrong + right), pairs);
}

export interface Rounds {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** a − b of each round. */
  readonly differences: readonly number[];
}

/** Two networks' errors in the same `n` rounds. In a round, both are wrong on the same 1% to 3%, and b on `worse` more. */
export function pairedRounds(next: Uniform, n: number, worse = 0): Rounds {
  const rounds = Array.from({ length: n }, () => {
    const rate = 0.01 + 0.02 * next();
    return [binomialError(next, rate), binomialError(next, rate + worse)] as const;
  });
  return { a: rounds.map(([a]) => a), b: rounds.map(([, b]) => b), differences: rounds.map(([a, b]) => a - b) };
}

/** Two networks with the same errors, over rounds. */
export interface PairOfNetworks {
  /** Mean true error of both. */
  readonly rate: number;
  /** Of a network's true error over rounds; half of its variance is the round's, and both networks share it. */
  readonly sd: number;
  /** The share of rounds in which a network answers by chance, each by itself. */
  readonly collapses?: number;
}

/** Differences of the two networks' errors in the same rounds, whose true mean is 0. */
export function pairedErrors(next: Uniform, n: number, { rate, sd, collapses = 0 }: PairOfNetworks): number[] {
  return Array.from({ length: n }, () => {
    const shared = normal(next) * sd * Math.SQRT1_2;
    const error = () =>
      next() < collapses
        ? binomialError(next, 0.5)
        : binomialError(next, Math.min(Math.max(rate + shared + normal(next) * sd * Math.SQRT1_2, rate / 4), 0.5));
    return error() - error();
  });
}

/** The share of `experiments` with that outcome. */
export function shareOf(experiments: number, outcome: (experiment: number) => boolean): number {
  let count = 0;
  for (let experiment = 0; experiment < experiments; experiment++) count += Number(outcome(experiment));
  return count / experiments;
}
