import { expect, test } from "vitest";
import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import { nestedVariance } from "./nested-variance.js";

test("the parts are those of the mean squares by hand", () => {
  // Means 2, 6 and 10, around 6: squares 16 + 0 + 16, times 2 values, by 2. Within: 2 + 2 + 8 by 3.
  const { between, within, share } = nestedVariance(
    [
      [1, 3],
      [5, 7],
      [8, 12],
    ],
    0,
  );
  expect(within).toBeCloseTo(4, 12);
  expect(between).toBeCloseTo((32 - 4) / 2, 12);
  expect(share).toBeCloseTo(14 / 18, 12);
});

test("groups that differ less than their values do have no variance of their own", () => {
  const { between, share, share95 } = nestedVariance(
    [
      [1, 3],
      [2, 3],
      [0, 5],
    ],
    0,
  );
  expect({ between, share }).toEqual({ between: 0, share: 0 });
  expect(share95[0]).toBe(0);
  expect(share95[1]).toBeGreaterThan(0);
});

test("equal values have no parts", () => {
  const equal = [5, 5, 5].map((value) => [value, value]);
  expect(nestedVariance(equal, 0)).toEqual({ between: 0, within: 0, share: 0, share95: [0, 0] });
});

// F(0.975; 5, 24) = 3.155 and F(0.025; 5, 24) = 1/6.278, from SciPy 1.17: scipy.stats.f.ppf.
test("the interval of the share is the one of the F distribution", () => {
  const stream = new Stream(1, "initialization");
  const groups = Array.from({ length: 6 }, () => {
    const center = 3 * stream.unit();
    return Array.from({ length: 5 }, () => center + stream.unit());
  });
  const { between, within, share95 } = nestedVariance(groups, 0);
  const ratio = (within + 5 * between) / within;
  const shareAt = (f: number) => (ratio / f - 1) / (ratio / f + 4);
  // The ends are quantiles of 10,000 draws.
  expect(Math.abs(share95[0] - shareAt(3.155))).toBeLessThan(0.02);
  expect(Math.abs(share95[1] - shareAt(1 / 6.278))).toBeLessThan(0.02);
});

test.each<[string, readonly (readonly number[])[], string]>([
  ["one group", [[1, 2]], "groups must be at least two of one size, not 1 of 2 values"],
  [
    "two sizes",
    [
      [1, 2],
      [1, 2, 3],
    ],
    "groups must be at least two of one size, not 2 of 2 and 3 values",
  ],
  ["one value", [[1], [2]], "groups[0] must hold at least 2 numbers, not 1"],
  [
    "a value that is not finite",
    [
      [1, 2],
      [Number.NaN, 1],
    ],
    "groups[1][0] must be a finite number, not NaN",
  ],
])("%s is refused", (_, groups, message) => {
  expect(() => nestedVariance(groups, 0)).toThrow(InvalidRequest);
  expect(() => nestedVariance(groups, 0)).toThrow(message);
});
