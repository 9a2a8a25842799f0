import { describe, expect, it } from "vitest";
import { normal, pairedRounds, shareOf } from "../../../bench/simulated-rounds.js";
import { scipy } from "../../../test/statistics/scipy.js";
import { uniform } from "../../../test/support/models.js";
import { expandedDeviate } from "./bootstrap.js";
import { type BootstrapOptions, bcaOf, type Interval, mean } from "./index.js";
import { standardDeviation } from "./moments.js";

/** Of the mean. */
const bcaInterval = (values: readonly number[], seed = 0, options: BootstrapOptions = {}) =>
  bcaOf(
    values.length,
    (rounds) => rounds.reduce((sum, round) => sum + (values[round] as number), 0) / rounds.length,
    seed,
    options,
  );

const found = (interval: Interval | undefined): Interval => {
  if (!interval) throw new Error("there is no interval");
  return interval;
};
const intervalOf = (values: readonly number[], seed = 0): Interval => found(bcaInterval(values, seed));

// Each end strays by up to 0.03 standard errors: √(0.025 · 0.975 / 100,000) / φ(1.96) three times, and as much from the bias. SciPy's
// strays by up to 0.01, of a million. Where one value lies far away, resampled values lie apart, and it takes as many as SciPy's.
const enough = (sample: string) => ({ resamples: sample.includes("far away") ? 1_000_000 : 100_000 });

describe("the interval is SciPy's, at the confidence of the expanded deviate", () => {
  it.each(scipy.bca)("for $sample", ({ sample, values, unit, interval }) => {
    const scaled = values.map((value) => value * unit);
    const standardError = (standardDeviation(scaled) as number) / Math.sqrt(values.length);
    found(bcaInterval(scaled, 0, enough(sample))).forEach((end, i) => {
      expect(Math.abs(end - interval[i as 0 | 1] * unit) / standardError).toBeLessThan(0.06);
    });
  });

  it.each(scipy.bcaOfRatio)("for a ratio over $sample", ({ sample, first, second, interval }) => {
    const sum = (values: readonly number[], rounds: Uint32Array) =>
      rounds.reduce((total, round) => total + (values[round] as number), 0);
    const standardError = (interval[1] - interval[0]) / (2 * expandedDeviate(first.length));
    found(bcaOf(first.length, (rounds) => sum(first, rounds) / sum(second, rounds), 0, enough(sample))).forEach(
      (end, i) => {
        expect(Math.abs(end - interval[i as 0 | 1]) / standardError).toBeLessThan(0.06);
      },
    );
  });
});

it("the deviate is √(n/(n−1)) times Student's t", () => {
  // t(0.975) of 1, 9 and 29 degrees: 12.7062, 2.2622 and 2.0452.
  expect(expandedDeviate(2)).toBeCloseTo(17.9693, 3);
  expect(expandedDeviate(10)).toBeCloseTo(2.38452, 4);
  expect(expandedDeviate(30)).toBeCloseTo(2.0802, 4);
});

describe("it holds the true mean in 93% to 97% of 2,000 experiments", () => {
  const holds = ([low, high]: Interval) => low <= 1e-12 && high >= -1e-12;
  // New values in each, and resamples of a hundred seeds: to draw them anew takes ten times as long as to sum them.
  const covered = (values: () => readonly number[], deviate?: number) =>
    shareOf(2000, (experiment) =>
      holds(found(bcaInterval(values(), experiment % 100, { resamples: 1000, ...(deviate && { deviate }) }))),
    );

  it.each([10, 30])("of %d differences of errors in the same rounds, with ties", (n) => {
    const next = uniform(n);
    const share = covered(() => pairedRounds(next, n).differences);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });

  it("of 10 normal values, of which the plain interval holds it less often", () => {
    const [next, again] = [uniform(20), uniform(20)];
    const expanded = covered(() => Array.from({ length: 10 }, () => normal(next)));
    const plain = covered(() => Array.from({ length: 10 }, () => normal(again)), 1.96);
    expect(expanded).toBeGreaterThan(0.93);
    expect(expanded).toBeLessThan(0.97);
    // 1.96 · √(9/10) standard errors hold it with the probability that t of 9 degrees is within 1.859: 90.4%.
    expect(Math.abs(plain - 0.904)).toBeLessThan(3 * Math.sqrt((0.904 * 0.096) / 2000));
  });
});

describe("it does not depend on the unit", () => {
  const next = uniform(1);
  const samples = Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => 180 + Math.floor(20 * next())));

  // In thousandths sums are rounded, and resampled means that equal the mean no longer do so to the last bit.
  it.each(samples.map((errors) => [errors]))("of errors %j", (errors) => {
    const fractions = intervalOf(errors.map((error) => error / 1000));
    intervalOf(errors).forEach((end, i) => {
      expect(fractions[i as 0 | 1]).toBeCloseTo(end / 1000, 12);
    });
  });
});

it("it mirrors where the values do, as far as chance allows, and leans towards a long tail", () => {
  const values = [1, 1.5, 2, 2.5, 3, 4, 6, 11];
  const [low, high] = intervalOf(values);
  const [mirroredLow, mirroredHigh] = intervalOf(values.map((value) => -value));
  const standardError = (standardDeviation(values) as number) / Math.sqrt(values.length);
  expect(Math.abs(low + mirroredHigh) / standardError).toBeLessThan(0.3);
  expect(Math.abs(high + mirroredLow) / standardError).toBeLessThan(0.3);
  expect(high - mean(values)).toBeGreaterThan(1.3 * (mean(values) - low));
});

it("equal values have no spread to make an interval of, however they were rounded", () => {
  for (const value of [0, 0.1, 7, -7]) expect(bcaInterval(new Array(10).fill(value))).toBeUndefined();
  expect(bcaInterval([0.3, 0.1 + 0.2])).toBeUndefined();
  expect(bcaInterval([1e-9, 1.001e-9])).toEqual([1e-9, 1.001e-9]);
});

it("one value and none have no interval, two have themselves for its ends", () => {
  expect(bcaInterval([])).toBeUndefined();
  expect(bcaInterval([0.2])).toBeUndefined();
  expect(bcaInterval([0.25, 0.5])).toEqual([0.25, 0.5]);
});

it("a value that is not a number leaves none of the interval", () => {
  expect(bcaInterval([1, Number.NaN, 2])).toEqual([Number.NaN, Number.NaN]);
});

it("the same seed gives the same interval, another seed another", () => {
  const values = Array.from({ length: 12 }, (_, i) => Math.sqrt(i));
  expect(bcaInterval(values, 5)).toEqual(bcaInterval(values, 5));
  expect(bcaInterval(values, 6)).not.toEqual(bcaInterval(values, 5));
});

describe("of any statistic", () => {
  const next = uniform(7);
  const values = Array.from({ length: 12 }, () => Math.floor(100 * next()) / 1000);
  const meanOver = (rounds: Uint32Array) => mean([...rounds].map((round) => values[round] as number));
  const censoredAbove = (bound: number) => (rounds: Uint32Array) => {
    const value = meanOver(rounds);
    return value > bound ? Infinity : value;
  };

  it("what is infinite beyond an end leaves it as it is", () => {
    const [low, high] = found(bcaOf(12, meanOver));
    expect(bcaOf(12, censoredAbove(high + 0.001))).toEqual([low, high]);
  });

  it("an end is infinite where the values that it lies among are", () => {
    const [low, high] = found(bcaOf(12, meanOver));
    const bound = (mean(values) + high) / 2;
    expect(bcaOf(12, censoredAbove(bound))).toEqual([low, Infinity]);
    const mirrored = found(bcaOf(12, (rounds) => -censoredAbove(bound)(rounds)));
    expect(mirrored[0]).toBe(-Infinity);
    expect(mirrored[1]).toBeCloseTo(-low, 2);
  });

  it("an end between a finite and an infinite value is the outer one", () => {
    // All rounds, the two that leave one out, three resamples. Bias: Φ⁻¹(½ of ⅓) = −0.97; both ends at Φ(2 · −0.97) = 2.6%.
    const answers = [0, 0, 0, Infinity, 0, Infinity];
    expect(bcaOf(2, () => answers.shift() as number, 0, { resamples: 3, deviate: 0 })).toEqual([0, Infinity]);
  });

  it("one that is always infinite says that it is, one that is always the same number says nothing", () => {
    expect(bcaOf(5, () => Infinity)).toEqual([Infinity, Infinity]);
    expect(bcaOf(5, () => -Infinity)).toEqual([-Infinity, -Infinity]);
    expect(bcaOf(5, () => 3)).toBeUndefined();
  });

  it("one that is infinite without one of the rounds has an interval still", () => {
    const infinite = (rounds: Uint32Array) => (rounds.includes(0) ? meanOver(rounds) : Infinity);
    // (11/12)¹² = 35% of the resamples lack round 0.
    const [low, high] = found(bcaOf(12, infinite));
    expect(high).toBe(Infinity);
    expect(low).toBeLessThan(mean(values));
  });

  it("one that meets a bound has ends within it", () => {
    const [low, high] = found(bcaOf(12, (rounds) => Math.max(meanOver(rounds), mean(values))));
    expect(low).toBe(mean(values));
    expect(high).toBeGreaterThan(low);
  });

  it("it is NaN where the statistic is NaN of all rounds, of all but one, or of a resample", () => {
    const nan = [Number.NaN, Number.NaN];
    const sorted = (rounds: Uint32Array) => rounds.every((round, i) => i === 0 || round > (rounds[i - 1] as number));
    expect(bcaOf(5, (rounds) => (rounds.length === 5 && sorted(rounds) ? Number.NaN : 1))).toEqual(nan);
    expect(bcaOf(5, (rounds) => (rounds.length === 4 ? Number.NaN : 1))).toEqual(nan);
    expect(bcaOf(5, (rounds) => (sorted(rounds) ? 1 : Number.NaN))).toEqual(nan);
  });

  it("one round and none have no interval", () => {
    expect(bcaOf(1, () => 1)).toBeUndefined();
    expect(bcaOf(0, () => 1)).toBeUndefined();
  });
});
