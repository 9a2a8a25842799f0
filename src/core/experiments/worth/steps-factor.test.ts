import { describe, expect, it } from "vitest";
import { uniform } from "../../../../test/support/models.js";
import { type CurveWithSteps, stepsFactor, stepsOf } from "./steps-factor.js";

const pairs = [100, 1000, 10_000];
const curve = (errors: readonly (readonly number[])[], steps: readonly (readonly number[])[]): CurveWithSteps => ({
  pairs,
  errors,
  steps,
});
const each = (values: readonly number[]) => values.map((value) => [value, value, value, value]);

it("an optimizer steps once for each batch of each epoch, the last one smaller", () => {
  expect(stepsOf({ epochs: 25, trainPairs: 1000, batchSize: 50 })).toBe(500);
  expect(stepsOf({ epochs: 2, trainPairs: 101, batchSize: 50 })).toBe(6);
});

describe("a factor in steps", () => {
  const hinted = curve(each([0.2, 0.05, 0.02]), each([10, 100, 1000]));

  it("is that of the pairs where steps grow with the pairs, alike for both networks", () => {
    const plain = curve(each([0.4, 0.1, 0.025]), each([10, 100, 1000]));
    expect(stepsFactor(hinted, plain, 1000, 1e-5).factor).toBeCloseTo(Math.sqrt(10), 10);
  });

  it("counts that a network without the hint is trained twice as long", () => {
    const plain = curve(each([0.4, 0.1, 0.025]), each([20, 200, 2000]));
    expect(stepsFactor(hinted, plain, 1000, 1e-5).factor).toBeCloseTo(2 * Math.sqrt(10), 10);
  });

  it("is unknown where the pairs are only bounded", () => {
    const plain = curve(each([0.4, 0.3, 0.2]), each([10, 100, 1000]));
    expect(stepsFactor(hinted, plain, 1000, 1e-5)).toEqual({ factor: null, ci95: null });
  });

  it("is unknown where a run diverged", () => {
    const plain = curve(
      [[0.4, 0.4, 0.4, 0.4], [0.1, Number.NaN, 0.1, 0.1], each([0.025])[0] as number[]],
      each([10, 100, 1000]),
    );
    expect(stepsFactor(hinted, plain, 1000, 1e-5)).toEqual({ factor: null, ci95: null });
  });

  it("its interval holds the truth about as often as it says", () => {
    const next = uniform(3);
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const sizes = [250, 500, 1000, 2000, 4000, 8000];
    const simulated = (advantage: number): CurveWithSteps => ({
      pairs: sizes,
      errors: sizes.map((size) =>
        Array.from({ length: 6 }, () => 0.9 * (advantage * size) ** -0.35 * Math.exp(0.05 * normal())),
      ),
      // Tuning doubles or halves the epochs by chance.
      steps: sizes.map((size) => Array.from({ length: 6 }, () => (size / 2) * 2 ** Math.floor(3 * next() - 1))),
    });
    let held = 0;
    for (let i = 0; i < 400; i++) {
      const { ci95 } = stepsFactor(simulated(4), simulated(1), 1000, 1e-6);
      if (ci95 && ci95[0] <= 4 && ci95[1] >= 4) held++;
    }
    expect(held / 400).toBeGreaterThan(0.91);
    expect(held / 400).toBeLessThan(0.99);
  });
});
