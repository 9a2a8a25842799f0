import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nonIncreasingFit } from "./index.js";

const falls = (values: readonly number[]) => values.every((value, i) => i === 0 || value <= (values[i - 1] as number));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
const distance = (values: readonly number[], weights: readonly number[], fit: readonly number[]) =>
  dot(
    weights,
    values.map((value, i) => (value - (fit[i] as number)) ** 2),
  );

/** The nearest of all falling sequences of means of neighbours: each of the n − 1 gaps parts two runs or does not. */
function bruteForce(values: readonly number[], weights: readonly number[]): number[] {
  let best: number[] = [];
  for (let parts = 0; parts < 2 ** Math.max(values.length - 1, 0); parts++) {
    const fit: number[] = [];
    for (let start = 0, end = 1; end <= values.length; end++) {
      if (end < values.length && !((parts >> (end - 1)) & 1)) continue;
      const run = weights.slice(start, end);
      const level = dot(run, values.slice(start, end)) / run.reduce((sum, weight) => sum + weight, 0);
      while (start < end) start = fit.push(level);
    }
    if (!falls(fit)) continue;
    if (best.length === 0 || distance(values, weights, fit) < distance(values, weights, best)) best = fit;
  }
  return best;
}

const points = (maxLength: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 9 })), { maxLength })
    .map((pairs) => ({ values: pairs.map(([value]) => value / 10), weights: pairs.map(([, weight]) => weight) }));

it("pools what rises, by hand", () => {
  expect(nonIncreasingFit([5, 1, 3, 2, 4])).toEqual([5, 2.5, 2.5, 2.5, 2.5]);
  // (1 · 1 + 3 · 3) / 4 = 2.5.
  expect(nonIncreasingFit([1, 3, 0], [1, 3, 7])).toEqual([2.5, 2.5, 0]);
});

it("is the best of all runs of neighbours", () => {
  fc.assert(
    fc.property(points(8), ({ values, weights }) => {
      const [fit, best] = [nonIncreasingFit(values, weights), bruteForce(values, weights)];
      expect(fit).toEqual(best.map((level) => expect.closeTo(level, 10)));
    }),
  );
});

describe("of any values and weights", () => {
  it("it falls, keeps the weighted sum, and is its own fit", () => {
    fc.assert(
      fc.property(points(60), ({ values, weights }) => {
        const fit = nonIncreasingFit(values, weights);
        expect(falls(fit)).toBe(true);
        expect(dot(weights, fit)).toBeCloseTo(dot(weights, values), 9);
        expect(nonIncreasingFit(fit, weights)).toEqual(fit);
      }),
    );
  });

  it("no falling sequence is nearer", () => {
    fc.assert(
      fc.property(
        points(20),
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 20, maxLength: 20 }),
        (p, any) => {
          const { values, weights } = p;
          const other = any
            .toSorted((a, b) => b - a)
            .slice(0, values.length)
            .map((value) => value / 10);
          const nearest = distance(values, weights, nonIncreasingFit(values, weights));
          expect(nearest).toBeLessThanOrEqual(distance(values, weights, other) + 1e-9);
        },
      ),
    );
  });
});

it("what falls stays as it is, to the last bit, as do one value and none", () => {
  const falling = [0.3, 0.1 + 0.2, 0.1, 0.1, -0.7].toSorted((a, b) => b - a);
  expect(nonIncreasingFit(falling, [0.1, 0.7, 3, 0.3, 1])).toEqual(falling);
  expect(nonIncreasingFit([0.1])).toEqual([0.1]);
  expect(nonIncreasingFit([])).toEqual([]);
});

it("refuses weights that are not above 0, or not one for each value", () => {
  expect(() => nonIncreasingFit([1, 2], [1, 0])).toThrow("a weight above 0 for each value");
  expect(() => nonIncreasingFit([1, 2], [1, Number.NaN])).toThrow("a weight above 0 for each value");
  expect(() => nonIncreasingFit([1, 2], [1])).toThrow("a weight above 0 for each value");
});
