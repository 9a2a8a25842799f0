/**
 * How often 95% intervals hold the mean over all tunings, where rounds of one tuning share its settings: a value is a tuning's own deviation and
 * a round's own one, both normal. Thirty rounds are those of 6 tunings, of 10, or of one.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/tuning-coverage.js
 */
import { type Interval, mean, meanInterval, nestedVariance, Stream, signFlip, signFlipInterval } from "pairlab";
import { normal, type Uniform } from "./simulated-rounds.js";
import { print } from "./tables.js";

/** A share of 95% of that many has a standard deviation of 0.3 points. */
const EXPERIMENTS = 4000;
/** Where each costs 10,000 draws: a share of 95% has a standard deviation of 1 point. */
const FEW_EXPERIMENTS = 400;
const RESAMPLES = 500;
const FLIPS = 999;

type Nested = readonly (readonly number[])[];

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const holds = ([low, high]: Interval, truth: number): boolean => low <= truth && truth <= high;

/** Of a total variance of 1, `share` is the tunings'. */
function draw(next: Uniform, tunings: number, rounds: number, share: number): Nested {
  return Array.from({ length: tunings }, () => {
    const center = Math.sqrt(share) * normal(next);
    return Array.from({ length: rounds }, () => center + Math.sqrt(1 - share) * normal(next));
  });
}

/** Draws tunings, and in each its rounds, with replacement; from the 2.5% to the 97.5% quantile of the means. */
function twoLevelBootstrap(groups: Nested, next: Uniform): Interval {
  const one = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)] as Value;
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    const drawn = groups.flatMap(() => {
      const group = one(groups);
      return group.map(() => one(group));
    });
    return mean(drawn);
  }).sort();
  const at = (part: number) => means[Math.floor(part * RESAMPLES)] as number;
  return [at(0.025), at(0.975)];
}

function chance(seed: number): Uniform {
  const stream = new Stream(seed, "initialization");
  return () => stream.unit();
}

const shareOf = (experiments: number, isSo: (seed: number) => boolean): string => {
  let count = 0;
  for (let seed = 0; seed < experiments; seed++) count += Number(isSo(seed));
  return percent(count / experiments);
};

for (const [tunings, rounds] of [
  [6, 5],
  [10, 3],
  [1, 30],
] as const)
  for (const share of [0, 0.2, 0.5, 0.8]) {
    const of = (isSo: (groups: Nested, seed: number) => boolean, experiments = EXPERIMENTS) => {
      const next = chance(1);
      return shareOf(experiments, (seed) => isSo(draw(next, tunings, rounds, share), seed));
    };
    const covers = (interval: Interval | undefined) => interval !== undefined && holds(interval, 0);
    const flipped = (values: readonly number[], seed: number) => signFlipInterval(values, seed, { flips: FLIPS });
    const shown = (values: readonly number[], seed: number) => signFlip(values, seed, { flips: FLIPS }).p <= 0.05;
    const means = (groups: Nested) => groups.map(mean);
    const again = chance(2);
    const found = [
      `rounds: Student's ${of((groups) => covers(meanInterval(groups.flat())))}`,
      `sign flips ${of((groups, seed) => covers(flipped(groups.flat(), seed)))}`,
      `p ≤ 5% in ${of((groups, seed) => shown(groups.flat(), seed))}`,
      ...(tunings > 1
        ? [
            `tunings: Student's ${of((groups) => covers(meanInterval(means(groups))))}`,
            `sign flips ${of((groups, seed) => covers(flipped(means(groups), seed)))}`,
            `p ≤ 5% in ${of((groups, seed) => shown(means(groups), seed))}`,
            `two-level bootstrap ${of((groups) => covers(twoLevelBootstrap(groups, again)))}`,
            `tuning's share ${of((groups, seed) => holds(nestedVariance(groups, seed).share95, share), FEW_EXPERIMENTS)}`,
          ]
        : []),
    ];
    print(`${tunings} × ${rounds}, ${percent(share)} of the variance is tuning: ${found.join("; ")}`);
  }
