import { describe, expect, it } from "vitest";
import { scipy } from "../../../test/statistics/scipy.js";
import { normalQuantile } from "./normal.js";
import { tQuantile } from "./student.js";

const relative = (value: number, expected: number) => Math.abs(value - expected) / Math.abs(expected);

// Abramowitz & Stegun (1964), table 26.10, two-sided 95%.
it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [9, 2.262],
  [10, 2.228],
  [29, 2.045],
  [120, 1.98],
])("the tables' value with %d degrees of freedom", (degrees, t) => {
  expect(Math.abs(tQuantile(0.975, degrees) - t)).toBeLessThan(0.00051);
});

it("undoes SciPy's distribution function", () => {
  for (const [t, degrees, probability] of scipy.tCdf) {
    // A probability is known to about 2e-16, and so is what is left of it beyond t.
    const tail = Math.min(probability, 1 - probability);
    expect(Math.abs(tQuantile(probability, degrees) - t)).toBeLessThan((1e-12 + 1e-15 / tail) * (1 + Math.abs(t)));
  }
});

it("the closed forms of one and two degrees", () => {
  for (const p of [0.51, 0.6, 0.75, 0.9, 0.975, 0.999]) {
    expect(relative(tQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)))).toBeLessThan(1e-12);
    expect(relative(tQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)))).toBeLessThan(1e-12);
  }
});

describe("it is a quantile", () => {
  it("symmetric about 0, infinite at the ends, NaN at NaN", () => {
    expect(tQuantile(0.5, 7)).toBeCloseTo(0, 14);
    expect(tQuantile(0.25, 7)).toBe(-tQuantile(0.75, 7));
    expect([tQuantile(0, 3), tQuantile(1, 3)]).toEqual([-Infinity, Infinity]);
    expect(tQuantile(Number.NaN, 3)).toBeNaN();
  });

  it("nearer to the normal one with each degree", () => {
    const quantiles = Array.from({ length: 200 }, (_, i) => tQuantile(0.975, i + 1));
    quantiles.forEach((t, i) => {
      expect(t).toBeLessThan(quantiles[i - 1] ?? Infinity);
    });
    // Fisher's expansion: z + (z³ + z) / 4ν.
    const z = normalQuantile(0.975);
    expect(tQuantile(0.975, 5000)).toBeCloseTo(z + (z ** 3 + z) / 20_000, 6);
  });
});
