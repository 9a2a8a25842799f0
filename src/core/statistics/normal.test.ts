import { describe, expect, it } from "vitest";
import { scipy } from "../../../test/statistics/scipy.js";
import { normalCdf, normalQuantile } from "./normal.js";

describe("the distribution function", () => {
  // Abramowitz & Stegun (1964), table 26.1.
  it.each([
    [0.5, 0.69146246127401],
    [1, 0.84134474606854],
    [1.5, 0.93319279873114],
    [2, 0.97724986805182],
    [3, 0.99865010196837],
  ])("has the tables' value at %d", (x, probability) => {
    expect(Math.abs(normalCdf(x) - probability)).toBeLessThan(2e-14);
  });

  it("has SciPy's values", () => {
    for (const [x, probability] of scipy.normalCdf) expect(Math.abs(normalCdf(x) - probability)).toBeLessThan(2e-14);
  });

  it("is a probability, and grows but for rounding", () => {
    const probabilities = Array.from({ length: 2305 }, (_, i) => normalCdf((i - 1152) / 128));
    expect(probabilities.filter((probability) => probability < 0 || probability > 1)).toEqual([]);
    expect(probabilities.filter((probability, i) => probability < (probabilities[i - 1] ?? 0) - 4e-14)).toEqual([]);
  });

  it("ends at 0 and 1, and has no value at NaN", () => {
    expect([normalCdf(-Infinity), normalCdf(-20), normalCdf(20), normalCdf(Infinity)]).toEqual([0, 0, 1, 1]);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
});

describe("the quantile", () => {
  // The usual critical values.
  it.each([
    [0.75, 0.6744897501960817],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
  ])("has the tables' value at %d", (probability, x) => {
    expect(Math.abs(normalQuantile(probability) - x)).toBeLessThan(1e-12);
  });

  it("has SciPy's values", () => {
    for (const [probability, x] of scipy.normalQuantile) {
      // The distribution function is known to 2e-14: where it is flat, that leaves the quantile less certain.
      const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
      expect(Math.abs(normalQuantile(probability) - x)).toBeLessThan(1e-12 + 2e-14 / density);
    }
  });

  it("undoes the distribution function", () => {
    for (let x = -4; x <= 4; x += 0.25) expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 9);
  });

  it("stays finite at the ends", () => {
    expect(normalQuantile(0)).toBeCloseTo(-8, 9);
    expect(normalQuantile(1)).toBeGreaterThan(7.9);
    expect(normalQuantile(1)).toBeLessThanOrEqual(8);
  });
});
