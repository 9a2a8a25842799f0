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

const covers = (interval: Interval | undefined): boolean => interval !== undefined && holds(interval, 0);

for (const [tunings, rounds] of [
  [6, 5],
  [10, 3],
  [1, 30],
] as const)
  for (const share of [0, 0.2, 0.5, 0.8]) {
    const [next, again] = [chance(1), chance(2)];
    const held = new Map<string, [number, number]>();
    const count = (what: string, isSo: boolean) => {
      const [so, all] = held.get(what) ?? [0, 0];
      held.set(what, [so + Number(isSo), all + 1]);
    };
    for (let seed = 0; seed < EXPERIMENTS; seed++) {
      const groups = draw(next, tunings, rounds, share);
      count("rounds, Student's", covers(meanInterval(groups.flat())));
      if (tunings === 1) continue;
      const units = groups.map(mean);
      count("tunings, Student's", covers(meanInterval(units)));
      count("tunings, sign flips", covers(signFlipInterval(units, seed)));
      count("p ≤ 5%", signFlip(units, seed).p <= 0.05);
      count("two-level bootstrap", covers(twoLevelBootstrap(groups, again)));
      if (seed < FEW_EXPERIMENTS) count("tuning's share", holds(nestedVariance(groups, seed).share95, share));
    }
    const found = [...held].map(([what, [so, all]]) => `${what} ${percent(so / all)}`);
    print(`${tunings} × ${rounds}, ${percent(share)} of the variance is tuning: ${found.join("; ")}`);
  }
