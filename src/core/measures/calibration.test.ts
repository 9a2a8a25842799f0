import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniform } from "../../../test/support/models.js";
import { brierScore, calibrationError, logLoss, reliabilityBins } from "./index.js";

const answered = fc.array(
  fc.tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    fc.integer({ min: 0, max: 1 }),
  ),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const bins = fc.integer({ min: 1, max: 12 });

describe("bins", () => {
  it("of equal width have their ends, and none is empty", () => {
    expect(reliabilityBins([0.05, 0.1, 0.15, 0.95, 1], [0, 0, 1, 1, 1], { by: "width" })).toEqual([
      { low: 0, high: 0.1, pairs: 1, probability: 0.05, share: 0 },
      { low: 0.1, high: 0.2, pairs: 2, probability: 0.125, share: 0.5 },
      { low: 0.9, high: 1, pairs: 2, probability: 0.975, share: 1 },
    ]);
  });

  it("of equal mass have as many pairs each, and part no equal probabilities", () => {
    expect(reliabilityBins([0.4, 0.1, 0.3, 0.2], [1, 0, 1, 0], { bins: 2 })).toEqual([
      { low: 0.1, high: 0.2, pairs: 2, probability: expect.closeTo(0.15, 14), share: 0 },
      { low: 0.3, high: 0.4, pairs: 2, probability: expect.closeTo(0.35, 14), share: 1 },
    ]);
    expect(reliabilityBins([0.5, 0.5, 0.5, 0.9], [0, 1, 1, 1], { bins: 4 }).map(({ pairs }) => pairs)).toEqual([3, 1]);
  });

  it("hold every pair once, in order, whatever order the pairs are in", () => {
    fc.assert(
      fc.property(answered, bins, fc.constantFrom("mass", "width"), (pairs, bins, by) => {
        const found = reliabilityBins(
          pairs.map(([p]) => p),
          pairs.map(([, target]) => target),
          { bins, by },
        );
        const reversed = pairs.toReversed();
        expect(found.length).toBeLessThanOrEqual(bins);
        expect(found.reduce((sum, bin) => sum + bin.pairs, 0)).toBe(pairs.length);
        for (const { low, high, pairs: count, share, probability } of found) {
          const isLast = high === 1;
          const own = pairs.filter(([p]) =>
            by === "mass" || isLast ? p >= low && p <= high : Math.floor(p * bins) === Math.round(low * bins),
          );
          expect(own.length).toBe(count);
          expect(share).toBeCloseTo(own.reduce((sum, [, target]) => sum + target, 0) / count, 12);
          expect(probability).toBeCloseTo(own.reduce((sum, [p]) => sum + p, 0) / count, 12);
        }
        expect(
          reliabilityBins(
            reversed.map(([p]) => p),
            reversed.map(([, target]) => target),
            { bins, by },
          ),
        ).toEqual(found);
      }),
    );
  });
});

describe("the expected calibration error", () => {
  it("is the mean distance of shares from probabilities", () => {
    // Bins (0.1, 0.3; share 0) and (0.6, 1; share ½).
    expect(calibrationError([0.1, 0.3, 0.6, 1], [0, 0, 1, 0], { bins: 2 }).error).toBeCloseTo((0.2 + 0.3) / 2, 14);
    expect(calibrationError([0, 1, 1], [0, 1, 1])).toEqual({ error: 0, byChance: 0 });
  });

  it("is on average what it says that it is by chance, where probabilities are right", () => {
    const next = uniform(5);
    const experiments = Array.from({ length: 300 }, () => {
      const probabilities = Array.from({ length: 1000 }, next);
      return calibrationError(
        probabilities,
        probabilities.map((p) => Number(next() < p)),
      );
    });
    const mean = (of: "error" | "byChance") => experiments.reduce((sum, each) => sum + each[of], 0) / 300;
    expect(mean("error")).toBeGreaterThan(0.02);
    expect(mean("byChance") / mean("error")).toBeGreaterThan(0.95);
    expect(mean("byChance") / mean("error")).toBeLessThan(1.05);
  });
});

it("Brier's score is the mean square, and always a half has a quarter", () => {
  expect(brierScore([0.9, 0.2], [1, 1])).toBeCloseTo((0.01 + 0.64) / 2, 14);
  expect(brierScore([0.5, 0.5], [0, 1])).toBe(0.25);
});

it("log loss is in nats, and finite where the truth got no probability", () => {
  expect(logLoss([0.5, 0.5], [0, 1])).toBeCloseTo(Math.log(2), 12);
  expect(logLoss([0.9, 0.2], [1, 0])).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 12);
  expect(logLoss([0, 1], [0, 1])).toBe(0);
  expect(logLoss([0], [1])).toBeCloseTo(53 * Math.log(2), 10);
  expect(logLoss([1], [0])).toBeCloseTo(53 * Math.log(2), 10);
});

it("options out of range are refused", () => {
  expect(() => reliabilityBins([0.5], [1], { bins: 0 })).toThrow("bins must be a whole number from 1 to 1000, not 0");
  expect(() => calibrationError([0.5], [1], { by: "size" as "mass" })).toThrow(
    'by must be one of mass, width, not "size"',
  );
});
