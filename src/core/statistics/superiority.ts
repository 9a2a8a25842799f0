import { counting, numbers, refuse } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Interval } from "./interval.js";
import { normalQuantile } from "./normal.js";

/** How often one network has the lower error. */
export interface Superiority {
  /** Of rounds, from 0 to 1. */
  readonly share: number;
  /** 95%. */
  readonly interval: Interval;
}

/**
 * The probability that `a` has a lower error than `b` in a round (Bouthillier et al. 2021, "Accounting for variance in machine
 * learning benchmarks"): the share of rounds in which it does, equal errors counted half. 0.5 means no difference. Its interval is
 * `wilsonInterval`, which has a width even if every round agrees; ties make it a little too wide. Undefined without
 * rounds; NaN if an error is.
 *
 * @param a  errors of n rounds
 * @param b  errors of the same rounds, in the same order
 * @throws InvalidRequest if the two differ in length
 */
export function probabilityOfSuperiority(a: readonly number[], b: readonly number[]): Superiority | undefined {
  numbers()(a, "a");
  numbers()(b, "b");
  const n = a.length;
  if (b.length !== n) throw new InvalidRequest(`${n} and ${b.length} errors are not of the same rounds`);
  if (n === 0) return undefined;
  const wins = a.reduce((sum, error, round) => sum + score(error, b[round] as number), 0);
  return { share: wins / n, interval: wilsonInterval(wins, n) };
}

function score(own: number, other: number): number {
  if (Number.isNaN(own + other)) return Number.NaN;
  if (own === other) return 0.5;
  return own < other ? 1 : 0;
}

/**
 * Wilson's 95% score interval of a probability (1927, "Probable inference, the law of succession, and statistical inference"),
 * from `successes` of `n`, not always whole. It lies within 0 and 1, and has a width at both of them.
 *
 * @throws InvalidRequest if `n` is not a count, or there are more successes than that
 */
export function wilsonInterval(successes: number, n: number): Interval {
  counting(n, "n");
  if (typeof successes !== "number" || successes < 0 || successes > n)
    refuse("successes", `a number from 0 to ${n}`, successes);
  return scoreInterval(successes, n, normalQuantile(0.975));
}

/** The same with another quantile than the normal one; `n` may be any number above 0. */
export function scoreInterval(successes: number, n: number, z: number): Interval {
  const share = successes / n;
  const center = (successes + (z * z) / 2) / (n + z * z);
  const half = (z * Math.sqrt(n * share * (1 - share) + (z * z) / 4)) / (n + z * z);
  return [Math.max(center - half, 0), Math.min(center + half, 1)];
}
