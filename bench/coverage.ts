/**
 * How often 95% intervals hold what they speak about, how often tests are wrong where there is nothing, and how soon they show
 * something where there is. Means: Student's interval, which pairlab uses, beside four others. Differences: the inverted sign-flip
 * test, which pairlab uses, beside two others.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/coverage.js
 */
import {
  anytimeEquivalenceP,
  anytimeP,
  bcaOf,
  type Interval,
  mean,
  meanInterval,
  probabilityOfSuperiority,
  Stream,
  type Superiority,
  signFlip,
  signFlipInterval,
  signFlipMax,
} from "pairlab";
import {
  betaBinomialError,
  exponential,
  normal,
  type PairOfNetworks,
  pairedErrors,
  pairedRounds,
  shareOf,
  type Uniform,
} from "./simulated-rounds.js";
import { print } from "./tables.js";

/** A share of 95% of that many has a standard deviation of 0.3 points. */
const EXPERIMENTS = 4000;
/** The number of experiments where each costs little. */
const MANY_EXPERIMENTS = 20_000;
const RESAMPLES = 500;
const FLIPS = 999;
/** The additional error of the second network, where the first is better. */
const WORSE = 0.004;

type Maker = (values: readonly number[], seed: number) => Interval | undefined;

/** Allows for the rounding of sums: errors are multiples of 1/1,000. */
const holds = ([low, high]: Interval, truth: number): boolean => low <= truth + 1e-12 && truth - 1e-12 <= high;

/** Random numbers. The streams of intervals and tests have other sources of chance. */
function chance(seed: number): Uniform {
  const stream = new Stream(seed, "initialization");
  return () => stream.unit();
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** How often an interval holds the truth, of the experiments in which there is one. */
function coverage(draw: (next: Uniform) => readonly number[], truth: number, maker: Maker): string {
  const next = chance(1);
  let given = 0;
  let held = 0;
  for (let seed = 0; seed < EXPERIMENTS; seed++) {
    const interval = maker(draw(next), seed);
    if (!interval) continue;
    given++;
    held += Number(holds(interval, truth));
  }
  return given === 0
    ? "none"
    : `${percent(held / given)}${given < EXPERIMENTS ? ` of ${percent(given / EXPERIMENTS)}` : ""}`;
}

const bca: Maker = (values, seed) =>
  bcaOf(
    values.length,
    (rounds) => {
      let sum = 0;
      for (const round of rounds) sum += values[round] as number;
      return sum / rounds.length;
    },
    // A hundred seeds: to draw resamples anew takes ten times as long as to sum them.
    seed % 100,
    { resamples: RESAMPLES },
  );
const inverted: Maker = (values, seed) => signFlipInterval(values, seed, { flips: FLIPS });

/** Student's on the scale on which a share of n has the same deviation wherever it lies. */
const arcsine: Maker = (values) => {
  const interval = meanInterval(values.map((value) => Math.asin(Math.sqrt(value))));
  return interval && [Math.sin(Math.max(interval[0], 0)) ** 2, Math.sin(interval[1]) ** 2];
};

/** Student's with at least the deviation that 1,000 pairs give. */
const atLeastBinomial: Maker = (values) => {
  const [interval, center] = [meanInterval(values), mean(values)];
  if (!interval) return undefined;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
  const factor = Math.max(1, Math.sqrt((center * (1 - center)) / 1000) / sd);
  return [center - factor * (center - interval[0]), center + factor * (interval[1] - center)];
};

interface Kind {
  readonly name: string;
  readonly truth: number;
  readonly value: (next: Uniform) => number;
  readonly isError?: true;
}

const error = (rate: number, sd: number): Kind => ({
  name: `error of ${percent(rate)}`,
  truth: rate,
  value: (next) => betaBinomialError(next, rate, sd),
  isError: true,
});
const COLLAPSES = 0.05;

const KINDS: readonly Kind[] = [
  { name: "normal", truth: 0, value: normal },
  error(0.007, 0.001),
  error(0.03, 0.004),
  error(0.18, 0.015),
  { name: "unequal spread", truth: 0, value: (next) => (next() < 0.3 ? 5 : 1) * normal(next) },
  { name: "exponential", truth: 1, value: exponential },
];
const drawn = (value: (next: Uniform) => number, n: number) => (next: Uniform) =>
  Array.from({ length: n }, () => value(next));

for (const { name, truth, value, isError } of KINDS)
  for (const n of [3, 5, 10, 30]) {
    const of = (maker: Maker) => coverage(drawn(value, n), truth, maker);
    const scales = isError ? `, arcsine ${of(arcsine)}, at least binomial ${of(atLeastBinomial)}` : "";
    print(
      `mean, ${name}, ${n} rounds: Student's ${of(meanInterval)}, BCa ${of(bca)}, sign flips ${of(inverted)}${scales}`,
    );
  }

const collapsing = (next: Uniform) => (next() < COLLAPSES ? 0.5 : betaBinomialError(next, 0.02, 0.003));
for (const n of [3, 5, 10, 30]) {
  const next = chance(n);
  const found = { seen: [0, 0], unseen: [0, 0] };
  for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
    const errors = drawn(collapsing, n)(next);
    const interval = meanInterval(errors);
    const seen = errors.includes(0.5);
    if (!interval) continue;
    const counts = found[seen ? "seen" : "unseen"] as [number, number];
    counts[0]++;
    // Without a collapse in sight, the interval can only speak of rounds that do not collapse.
    counts[1] += Number(holds(interval, seen ? COLLAPSES * 0.5 + (1 - COLLAPSES) * 0.02 : 0.02));
  }
  const [seen, unseen] = [found.seen, found.unseen] as [[number, number], [number, number]];
  print(
    `mean, one of twenty collapses, ${n} rounds: seen in ${percent(seen[0] / EXPERIMENTS)}, then the mean of all is held in ${percent(seen[1] / seen[0])}; else that of the others in ${percent(unseen[1] / unseen[0])}`,
  );
}

interface DifferenceKind {
  readonly name: string;
  readonly draw: (next: Uniform, n: number) => readonly number[];
}

const pairs = (name: string, networks: PairOfNetworks): DifferenceKind => ({
  name,
  draw: (next, n) => pairedErrors(next, n, networks),
});

const DIFFERENCES: readonly DifferenceKind[] = [
  { name: "normal", draw: (next, n) => drawn(normal, n)(next) },
  pairs("errors of 0.7%", { rate: 0.007, sd: 0.001 }),
  pairs("errors of 3%", { rate: 0.03, sd: 0.004 }),
  pairs("errors of 18%", { rate: 0.18, sd: 0.015 }),
  { name: "unequal spread", draw: (next, n) => drawn((each) => (each() < 0.3 ? 5 : 1) * normal(each), n)(next) },
  pairs("errors of 2%, one of twenty collapses", { rate: 0.02, sd: 0.003, collapses: COLLAPSES }),
];

for (const { name, draw } of DIFFERENCES)
  for (const n of [6, 10, 30]) {
    const of = (maker: Maker) => coverage((next) => draw(next, n), 0, maker);
    const next = chance(2);
    const excludes = (interval: Interval | undefined) => interval !== undefined && !holds(interval, 0);
    let [found, byInverted, byBca] = [0, 0, 0];
    for (let seed = 0; seed < EXPERIMENTS; seed++) {
      const differences = draw(next, n);
      const rejected = signFlip(differences, seed, { flips: FLIPS }).p <= 0.05;
      found += Number(rejected);
      byInverted += Number(rejected !== excludes(inverted(differences, seed)));
      byBca += Number(rejected !== excludes(bca(differences, seed)));
    }
    print(
      `difference, ${name}, ${n} rounds: sign flips ${of(inverted)}, BCa ${of(bca)}, Student's ${of(meanInterval)}; p ≤ 5% in ${percent(found / EXPERIMENTS)}; contradicts p: sign flips ${percent(byInverted / EXPERIMENTS)}, BCa ${percent(byBca / EXPERIMENTS)}`,
    );
  }

const superiority = (next: Uniform, n: number): Superiority => {
  const { a, b } = pairedRounds(next, n, WORSE);
  return probabilityOfSuperiority(a, b) as Superiority;
};
const { share } = superiority(chance(0), 1_000_000);
for (const n of [5, 10, 30]) {
  const next = chance(n);
  const covered = shareOf(MANY_EXPERIMENTS, () => holds(superiority(next, n).interval, share));
  print(`probability of superiority, truly ${share.toFixed(2)}, ${n} rounds: ${percent(covered)}`);
}

for (const n of [10, 30]) {
  const next = chance(n);
  const found = shareOf(EXPERIMENTS, (seed) => {
    const losses = Array.from({ length: n }, () => Array.from({ length: 25 }, () => normal(next)));
    const rises = Array.from({ length: 24 }, (_, epoch) =>
      losses.map((own) => (own[24] as number) - (own[epoch] as number)),
    );
    return signFlipMax(rises, seed, { flips: FLIPS }).p <= 0.025;
  });
  print(`rising losses, 25 flat epochs, ${n} rounds: found in ${percent(found)} at 2.5%`);
}

const LOOKS = 200;
for (const { name, draw } of DIFFERENCES) {
  const next = chance(3);
  const found = shareOf(EXPERIMENTS, () => (anytimeP(draw(next, LOOKS)).at(-1) as number) <= 0.05);
  print(`looked at after each of ${LOOKS} rounds, ${name}: shown in ${percent(found)}`);
}
for (const effect of [0.3, 0.5, 0.8, 1, 1.5]) {
  const next = chance(4);
  const rounds = Array.from({ length: EXPERIMENTS }, () => {
    const p = anytimeP(Array.from({ length: LOOKS }, () => effect + normal(next)));
    const at = p.findIndex((each) => each <= 0.05);
    return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
  }).sort((a, b) => a - b);
  const quantile = (share: number) => rounds[Math.ceil(share * EXPERIMENTS) - 1];
  print(
    `a difference of ${effect} standard deviations is shown by round ${quantile(0.5)} in half, by ${quantile(0.8)} in 80%`,
  );
}
for (const [center, words] of [
  [1, "as large as the margin"],
  [0, "of 0"],
] as const) {
  const next = chance(5);
  const found = shareOf(
    EXPERIMENTS,
    () =>
      (anytimeEquivalenceP(
        Array.from({ length: LOOKS }, () => center + normal(next)),
        1,
      ).at(-1) as number) <= 0.05,
  );
  print(`equivalence within 1 standard deviation, ${LOOKS} looks, a difference ${words}: shown in ${percent(found)}`);
}
