import { describe, expect, it } from "vitest";
import { betaBinomialError, normal, shareOf } from "../../../bench/simulated-rounds.js";
import { scipy } from "../../../test/statistics/scipy.js";
import { uniform } from "../../../test/support/models.js";
import { type Interval, meanInterval } from "./index.js";

it.each(scipy.tInterval)("is SciPy's for $sample", ({ values, interval }) => {
  meanInterval(values)?.forEach((end, i) => {
    expect(end).toBeCloseTo(interval[i as 0 | 1], 9);
  });
  expect(meanInterval(values)).toBeDefined();
});

it("of 1, 2 and 3 by hand: 2 ± 4.303 / √3", () => {
  expect(meanInterval([1, 2, 3])).toEqual([expect.closeTo(2 - 2.48414, 4), expect.closeTo(2 + 2.48414, 4)]);
});

it("fewer than three values have none, equal ones have none, however they were rounded", () => {
  for (const values of [[], [0.2], [0.1, 0.3]]) expect(meanInterval(values)).toBeUndefined();
  for (const value of [0, 0.1, -7]) expect(meanInterval(new Array(10).fill(value))).toBeUndefined();
  expect(meanInterval([0.3, 0.1 + 0.2, 0.3])).toBeUndefined();
  expect(meanInterval([1e-9, 1.001e-9, 1e-9])).toBeDefined();
});

it("a value that is not a number leaves none of the interval", () => {
  expect(meanInterval([1, Number.NaN, 2])).toEqual([Number.NaN, Number.NaN]);
});

describe("holds the true mean in 93% to 97% of 4,000 experiments", () => {
  const next = uniform(41);
  // The spreads between rounds that docs/record.md and the README have, without the part from the number of pairs.
  const kinds: readonly (readonly [string, number, () => number])[] = [
    ["normal values", 0, () => normal(next)],
    ["errors of 0.7%", 0.007, () => betaBinomialError(next, 0.007, 0.001)],
    ["errors of 3%", 0.03, () => betaBinomialError(next, 0.03, 0.004)],
    ["errors of 18%", 0.18, () => betaBinomialError(next, 0.18, 0.015)],
  ];
  it.each(kinds.flatMap(([name, truth, draw]) => [3, 5, 10, 30].map((n) => [name, n, truth, draw] as const)))(
    "%s, %d rounds",
    (_, n, truth, draw) => {
      const share = shareOf(4000, () => {
        const interval: Interval | undefined = meanInterval(Array.from({ length: n }, draw));
        return interval === undefined || (interval[0] <= truth && truth <= interval[1]);
      });
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.97);
    },
  );
});
