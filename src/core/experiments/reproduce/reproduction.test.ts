import { describe, expect, it } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { architectures } from "../../architectures/index.js";
import type { RunRecord } from "../../training/index.js";
import { type ReproducedArchitecture, summarizeReproduction } from "./reproduction.js";

const { reproduction } = syntheticReproduction();
const { dataset, engine } = reproduction;

/** What is concluded from one architecture's rounds, each made of a synthetic one by a change. */
function conclude(name: string, changes: readonly Partial<RunRecord>[], seed = 0): ReproducedArchitecture {
  const errors = { [name]: { train: 10, test: 200 } };
  const { records } = syntheticReproduction({ rounds: changes.length, seed, errors });
  const changed = records.map((record, round) => ({ ...record, ...changes[round] }));
  const summary = summarizeReproduction([name], changed, { rounds: changes.length, seed, dataset, engine });
  return summary.architectures[0] as ReproducedArchitecture;
}

const verdictOf = (name: string, ...testErrors: number[]) =>
  conclude(
    name,
    testErrors.map((testError) => ({ testError })),
  ).verdict;

describe("the verdict", () => {
  it.each(architectures)("of one $name agrees up to exactly two of the paper's standard deviations", (architecture) => {
    const { name, paper } = architecture;
    if (!paper) throw new Error(`${name} is not in the paper`);
    // As runs have their errors: decimal fractions, not what floating point makes of a sum.
    const away = (deviations: number) => Number((paper.testError + deviations * paper.testSd).toFixed(6));
    expect(verdictOf(name, paper.testError)).toBe("agrees");
    expect(verdictOf(name, away(2))).toBe("agrees");
    expect(verdictOf(name, away(-2))).toBe("agrees");
    expect(verdictOf(name, away(2) + 1e-6)).toBe("higher");
    expect(verdictOf(name, away(-2) - 1e-6)).toBe("lower");
  });

  it("combines our spread with the paper's", () => {
    // The paper has 19.5% ± 1.0 pt. Ours at 22.5% with 1.41 pt: 2 · √(1² + 1.41²) = 3.46 pt; with 0.28 pt: 2.08 pt.
    expect(verdictOf("mlp", 0.215, 0.235)).toBe("agrees");
    expect(verdictOf("mlp", 0.223, 0.227)).toBe("higher");
    expect(verdictOf("mlp", 0.163, 0.167)).toBe("lower");
  });

  it("is about the mean of the rounds, not about any one of them", () => {
    expect(verdictOf("mlp", 0.295, 0.095)).toBe("agrees");
  });
});

describe("the spread", () => {
  it("of several rounds has their mean, standard deviation and an interval within them", () => {
    const { testError, trainError } = conclude("mlp", [
      { testError: 0.18, trainError: 0 },
      { testError: 0.2, trainError: 0 },
      { testError: 0.19, trainError: 0 },
    ]);
    expect(testError.mean).toBeCloseTo(0.19, 14);
    expect(testError.sd).toBeCloseTo(0.01, 14);
    const [low, high] = testError.ci95 ?? [Number.NaN, Number.NaN];
    expect(low).toBeGreaterThanOrEqual(0.18 - 1e-12);
    expect(low).toBeLessThan(0.19);
    expect(high).toBeGreaterThan(0.19);
    expect(high).toBeLessThanOrEqual(0.2 + 1e-12);
    // No error in 3,000 pairs: Wilson's interval, z² / (n + z²) with z = 1.959964.
    expect(trainError).toEqual({ mean: 0, sd: 0, ci95: [0, expect.closeTo(3.841459 / 3003.841459, 9)] });
  });

  it("of a single round is absent, in the curves too", () => {
    const { testError, trainError, curves } = conclude("mlp", [{ testError: 0.2, trainError: 0.004 }]);
    expect(testError).toEqual({ mean: 0.2, sd: null, ci95: null });
    expect(trainError).toEqual({ mean: 0.004, sd: null, ci95: null });
    expect(curves.testLoss.sd).toEqual(new Array(25).fill(null));
  });

  it("has its chance from the seed", () => {
    const errors = [0.18, 0.19, 0.2, 0.24, 0.17].map((testError) => ({ testError }));
    expect(conclude("mlp", errors, 1)).toEqual(conclude("mlp", errors, 1));
    expect(conclude("mlp", errors, 2).testError.ci95).not.toEqual(conclude("mlp", errors, 1).testError.ci95);
  });
});

it("runs stand in the order of their seeds, and only those of the architecture", () => {
  const { records } = syntheticReproduction({ rounds: 4, seed: 7 });
  const names = ["one-by-one", "mlp"];
  const shuffled = records.toSorted((a, b) => a.weightsSha256.localeCompare(b.weightsSha256));
  const summary = summarizeReproduction(names, shuffled, { rounds: 4, seed: 7, dataset, engine });
  expect(summary.architectures.map(({ name }) => name)).toEqual(names);
  for (const { name, runs } of summary.architectures) {
    const own = records.filter(({ architecture }) => architecture === name);
    expect(runs.map(({ seed }) => seed)).toEqual([7, 8, 9, 10]);
    expect(runs.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  }
});

it("curves have the mean and the standard deviation of each epoch over the rounds", () => {
  const epoch = (number: number, loss: number, accuracy: number) => ({
    epoch: number,
    trainLoss: loss,
    testLoss: 2 * loss,
    trainAccuracy: accuracy,
    testAccuracy: accuracy / 2,
  });
  const { curves } = conclude("mlp", [
    { epochs: [epoch(2, 0.5, 0.5), epoch(4, 0.25, 1)] },
    { epochs: [epoch(2, 1.5, 0.75), epoch(4, 0.25, 1)] },
  ]);
  // Of two values.
  const apart = (distance: number) => expect.closeTo(distance / Math.SQRT2, 12);
  expect(curves).toEqual({
    epoch: [2, 4],
    trainLoss: { mean: [1, 0.25], sd: [apart(1), 0] },
    testLoss: { mean: [2, 0.5], sd: [apart(2), 0] },
    trainAccuracy: { mean: [0.625, 1], sd: [apart(0.25), 0] },
    testAccuracy: { mean: [0.3125, 0.5], sd: [apart(0.125), 0] },
  });
});

it("the time of a run is the median, which one slow run does not move", () => {
  const rounds = [4, 5, 400].map((seconds) => ({ seconds }));
  expect(conclude("mlp", rounds).secondsPerRun.median).toBe(5);
});

it("an architecture without runs is refused", () => {
  expect(() => summarizeReproduction(["mlp"], [], { rounds: 1, seed: 0, dataset, engine })).toThrow(
    "mlp has no run of seed 0: an experiment needs one run of each architecture in each round, and there are 1",
  );
});
