import { expect, test } from "vitest";
import { meanInterval } from "../../statistics/index.js";
import { errorSpread } from "./spread.js";

test.each([
  [2, 1000],
  [10, 1000],
  [30, 5000],
  [3, 1],
])(
  "no error in %i rounds of %i pairs: the truth may be what 95%% of the exact binomial allows, and more than 3 in so many",
  (rounds, pairs) => {
    const { mean, sd, ci95 } = errorSpread(new Array(rounds).fill(0), pairs);
    const all = rounds * pairs;
    // Clopper and Pearson: the rate of which no error in all pairs has a probability of 2.5%.
    const exact = 1 - 0.025 ** (1 / all);
    expect({ mean, sd }).toEqual({ mean: 0, sd: 0 });
    expect(ci95?.[0]).toBe(0);
    if (all > 10) {
      expect(ci95?.[1]).toBeGreaterThan(3 / all);
      expect(ci95?.[1]).toBeGreaterThanOrEqual(exact);
      expect(ci95?.[1]).toBeLessThan(1.05 * exact);
    } else expect(ci95?.[1]).toBeCloseTo(3.841459 / (all + 3.841459), 6);
  },
);

test("rounds that are all alike have the interval of the wrong ones among their pairs", () => {
  // Wilson's of 38 wrong among 2,000, by its formula.
  const [z, n, p] = [1.959964, 2000, 0.019];
  const center = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
  const { ci95 } = errorSpread([0.019, 0.019], 1000);
  expect(ci95?.[0]).toBeCloseTo(center - half, 6);
  expect(ci95?.[1]).toBeCloseTo(center + half, 6);
});

test("other rounds have Student's, within 0 and 1", () => {
  const errors = [0.1, 0.11, 0.13];
  expect(errorSpread(errors, 1000).ci95).toEqual(meanInterval(errors));
  // 1/3 ± 4.3 · 0.58 / √3 would leave the fractions on both sides.
  expect(errorSpread([0, 0, 1], 1000).ci95).toEqual([0, 1]);
});

test("one round and two that differ have none", () => {
  expect(errorSpread([0], 1000)).toEqual({ mean: 0, sd: null, ci95: null });
  expect(errorSpread([0.1, 0.12], 1000)).toMatchObject({ mean: 0.11, ci95: null });
  expect(errorSpread([], 1000)).toEqual({ mean: Number.NaN, sd: null, ci95: null });
});
