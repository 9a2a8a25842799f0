/**
 * How often a 95% interval of a mean holds the true mean, plain BCa and the expanded one that pairlab uses; how often the
 * interval of a probability of superiority holds the true one; and how often sign flips find a difference where there is none.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/coverage.js
 */
import { bcaInterval, type Interval, probabilityOfSuperiority, Stream, type Superiority, signFlip } from "pairlab";
import { binomialError, exponential, normal, pairedRounds, shareOf, type Uniform } from "./simulated-rounds.js";
import { print } from "./tables.js";

const EXPERIMENTS = 4000;
/** The number of experiments where each costs little. */
const MANY_EXPERIMENTS = 20_000;
const RESAMPLES = 2000;
const FLIPS = 999;
const ROUNDS = [5, 10, 30];
/** The additional error of the second network, where the first is better. */
const WORSE = 0.004;

/** A measurement in n rounds, and its true mean. */
interface Kind {
  readonly name: string;
  readonly truth: number;
  draw(next: Uniform, n: number): readonly number[];
}

const each = (value: (next: Uniform) => number) => (next: Uniform, n: number) =>
  Array.from({ length: n }, () => value(next));

const KINDS: readonly Kind[] = [
  { name: "normal", truth: 0, draw: each(normal) },
  { name: "error of 2% on 1,000 pairs", truth: 0.02, draw: each((next) => binomialError(next, 0.02)) },
  { name: "difference of two such errors", truth: 0, draw: (next, n) => pairedRounds(next, n).differences },
  { name: "exponential", truth: 1, draw: each(exponential) },
];

/** Allows for the rounding of sums: errors are multiples of 1/1,000. */
const holds = ([low, high]: Interval, truth: number): boolean => low <= truth + 1e-12 && truth - 1e-12 <= high;

/** Random numbers. The streams of intervals and tests have other sources of chance. */
function chance(seed: number): Uniform {
  const stream = new Stream(seed, "initialization");
  return () => stream.unit();
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

for (const { name, truth, draw } of KINDS) {
  for (const n of ROUNDS) {
    const covered = (options: { deviate?: number }) => {
      const next = chance(n);
      return shareOf(EXPERIMENTS, (seed) =>
        holds(bcaInterval(draw(next, n), seed, { resamples: RESAMPLES, ...options }) as Interval, truth),
      );
    };
    print(`mean, ${name}, ${n} rounds: plain ${percent(covered({ deviate: 1.96 }))}, expanded ${percent(covered({}))}`);
  }
}

const superiority = (next: Uniform, n: number): Superiority => {
  const { a, b } = pairedRounds(next, n, WORSE);
  return probabilityOfSuperiority(a, b) as Superiority;
};
const { share } = superiority(chance(0), 1_000_000);
for (const n of ROUNDS) {
  const next = chance(n);
  const covered = shareOf(MANY_EXPERIMENTS, () => holds(superiority(next, n).interval, share));
  print(`probability of superiority, truly ${share.toFixed(2)}, ${n} rounds: ${percent(covered)}`);
}

for (const n of ROUNDS) {
  const next = chance(n);
  const found = shareOf(
    MANY_EXPERIMENTS,
    (seed) => signFlip(pairedRounds(next, n).differences, seed, { flips: FLIPS }).p <= 0.05,
  );
  print(`sign flips, no difference, ${n} rounds: p ≤ 5% in ${percent(found)}`);
}
