import { describe, expect, it } from "vitest";
import { scipy } from "../../../test/statistics/scipy.js";
import { uniform } from "../../../test/support/models.js";
import { bcaInterval, type Interval, mean, standardDeviation } from "./index.js";

const intervalOf = (values: readonly number[], seed = 0): Interval => {
  const interval = bcaInterval(values, seed);
  if (!interval) throw new Error(`no interval of ${values.length} values`);
  return interval;
};

describe("the interval is SciPy's", () => {
  // Each end strays from one seed to the next by up to 0.08 standard errors of the mean, so that the average over 20
  // seeds strays by less than 0.02; 0.06 is three times that. SciPy's million resamples leave less than 0.01.
  it.each(scipy.bca)("for $sample", ({ values, unit, interval }) => {
    const scaled = values.map((value) => value * unit);
    const standardError = (standardDeviation(scaled) as number) / Math.sqrt(values.length);
    const ours = Array.from({ length: 20 }, (_, seed) => intervalOf(scaled, seed));
    for (const end of [0, 1] as const) {
      const distance = mean(ours.map((each) => each[end])) - interval[end] * unit;
      expect(Math.abs(distance) / standardError).toBeLessThan(0.06);
    }
  });
});

it("it covers the true mean of 30 normal values as often as it should", () => {
  // A bootstrap does not know Student's t: it spans 1.96 · √(29/30) standard errors, which cover 93.6%. Over 400 samples
  // that share strays by 1.2 points; three times that are allowed.
  const simulations = 400;
  const next = uniform(20);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  let covered = 0;
  for (let i = 0; i < simulations; i++) {
    const [low, high] = intervalOf(Array.from({ length: 30 }, normal), i);
    if (low <= 0 && 0 <= high) covered++;
  }
  expect(Math.abs(covered / simulations - 0.936)).toBeLessThan(3 * 0.0122);
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

it("equal values have an interval without width", () => {
  for (const value of [0, 0.1, 7]) {
    const values = new Array(10).fill(value);
    expect(bcaInterval(values)).toEqual([mean(values), mean(values)]);
  }
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
