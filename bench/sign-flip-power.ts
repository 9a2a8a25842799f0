/**
 * What the sign-flip test shows in four of five repetitions. First the effect that n rounds show where the test allows k sets of
 * rounds; then the power at the numbers of rounds that `roundsNeeded` gives.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/sign-flip-power.js
 */
import { roundsNeeded, Stream, signFlip } from "pairlab";
import { normal, shareOf, type Uniform } from "./simulated-rounds.js";
import { print } from "./tables.js";

/** 80% of that many strays by 0.6 points. */
const EXPERIMENTS = 4000;
const FLIPS = 9999;
const ROUNDS = [6, 7, 8, 9, 10, 12, 14];
const SETS = [1, 2, 3, 4, 8, 16, 64, 256];

function chance(seed: number): Uniform {
  const stream = new Stream(seed, "initialization");
  return () => stream.unit();
}

/** The means of all sets of values, ascending. */
function setMeans(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  const counts = new Float64Array(sums.length);
  values.forEach((value, i) => {
    for (let k = 0; k < 2 ** i; k++) {
      sums[2 ** i + k] = (sums[k] as number) + value;
      counts[2 ** i + k] = (counts[k] as number) + 1;
    }
  });
  return sums
    .subarray(1)
    .map((sum, i) => sum / (counts[i + 1] as number))
    .sort();
}

const quantile = (values: Float64Array, share: number): number =>
  values.toSorted()[Math.floor(share * values.length)] as number;

for (const n of ROUNDS) {
  const next = chance(n);
  const sets = SETS.filter((k) => k <= 0.05 * 2 ** (n - 1));
  // The test shows an effect if it moves the k-th of the means above 0.
  const needed = sets.map(() => new Float64Array(EXPERIMENTS));
  for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
    const means = setMeans(Array.from({ length: n }, () => normal(next)));
    sets.forEach((k, i) => {
      (needed[i] as Float64Array)[experiment] = -(means[k - 1] as number);
    });
  }
  sets.forEach((k, i) => {
    print(`${n} rounds, ${k} sets: ${quantile(needed[i] as Float64Array, 0.8).toFixed(2)} standard deviations`);
  });
}

for (const comparisons of [1, 4, 10])
  for (const effect of [0.3, 0.5, 0.8, 1, 1.5]) {
    const n = roundsNeeded({ mean: effect, sd: 1, comparisons }) as number;
    const next = chance(n);
    const power = shareOf(EXPERIMENTS, (seed) => {
      const differences = Array.from({ length: n }, () => effect + normal(next));
      return signFlip(differences, seed, { flips: FLIPS }).p * comparisons <= 0.05;
    });
    print(`${comparisons} comparisons, ${effect} standard deviations: ${n} rounds, power ${(100 * power).toFixed(1)}%`);
  }
