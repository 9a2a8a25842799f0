import { describe, expect, test } from "vitest";
import { Stream } from "../random/streams.js";
import { type CrossedValue, crossedAnova } from "./crossed-anova.js";
import { crossedDesign } from "./crossed-design.js";
import { varianceComponents } from "./variance-components.js";

/** A number with mean 0 and standard deviation 1: the sum of twelve uniform ones. */
function normals(seed: number): () => number {
  const stream = new Stream(seed, "initialization");
  return () => Array.from({ length: 12 }, () => stream.unit()).reduce((sum, each) => sum + each, -6);
}

const simulated = (sds: readonly number[], rest: number, levels: number, seed: number): CrossedValue[] => {
  const next = normals(seed);
  const effects = sds.map((sd) => Array.from({ length: levels }, () => sd * next()));
  return crossedDesign(sds.length, levels).map((at) => ({
    levels: at,
    value: at.reduce((sum, level, factor) => sum + (effects[factor]?.[level] as number), rest * next()),
  }));
};

describe("a crossed design", () => {
  test.each([
    [1, 4],
    [2, 6],
    [3, 8],
    [4, 9],
    [5, 7],
    [6, 7],
  ])("of %i factors at %i levels: each level of one meets each level of another once", (factors, levels) => {
    const runs = crossedDesign(factors, levels);
    expect(runs).toHaveLength(levels ** 2);
    for (let a = 0; a < factors; a++)
      for (let b = 0; b < factors; b++) {
        const meetings = new Set(runs.map((at) => `${at[a]} ${at[b]}`));
        expect(meetings.size).toBe(a === b ? levels : levels ** 2);
      }
  });

  test.each([
    [4, 8, "4 factors cannot be crossed with 8 levels: take an odd number"],
    [5, 9, "5 factors cannot be crossed with 9 levels: take a number that neither 2 nor 3 divides, such as 7"],
    [6, 5, "6 factors cannot be crossed with 5 levels: take a number that neither 2 nor 3 divides, such as 7"],
    [7, 7, "factors"],
    [3, 2, "levels"],
  ])("%i factors at %i levels are refused", (factors, levels, message) => {
    expect(() => crossedDesign(factors, levels)).toThrow(message);
  });
});

/**
 * By pairs of runs: half the mean squared difference of two runs that share no level is the whole variance; of two that share a level of one
 * factor, it is the whole without that factor.
 */
function byPairs(values: readonly CrossedValue[], factors: number): number[] {
  const sums = Array.from({ length: factors + 1 }, () => ({ squares: 0, count: 0 }));
  for (const [i, a] of values.entries())
    for (const b of values.slice(0, i)) {
      const shared = a.levels.findIndex((level, factor) => b.levels[factor] === level);
      const sum = sums[shared < 0 ? factors : shared];
      if (!sum) continue;
      sum.squares += (a.value - b.value) ** 2 / 2;
      sum.count++;
    }
  const means = sums.map(({ squares, count }) => squares / count);
  const whole = means[factors] as number;
  const own = means.slice(0, factors).map((without) => whole - without);
  return [...own, own.reduce((left, part) => left - part, whole)];
}

test.each([
  [2, 5],
  [3, 6],
  [4, 7],
])("estimates of %i factors at %i levels are those of the definition, over all pairs of runs", (factors, levels) => {
  const values = simulated([1, 0.3, 0, 0.5].slice(0, factors), 0.8, levels, factors);
  const { factors: found, rest, total } = varianceComponents(values, { seed: 0, draws: 10 });
  const expected = byPairs(values, factors);
  expect([...found, rest].map(({ estimate }) => estimate)).toEqual(expected.map((part) => expect.closeTo(part, 12)));
  expect(total).toBeCloseTo(
    expected.reduce((sum, part) => sum + part, 0),
    12,
  );
});

test("sums of squares by hand", () => {
  // Rows 1 2 3, 2 3 4, 3 4 8: row means 2, 3, 5 and column means 2, 3, 5; the mean is 10/3.
  const table = [1, 2, 3, 2, 3, 4, 3, 4, 8];
  const values = table.map((value, i) => ({ levels: [Math.floor(i / 3), i % 3], value }));
  const { mean, factors, rest } = crossedAnova(values);
  expect(mean).toBeCloseTo(10 / 3, 14);
  const square = 3 * ((2 - 10 / 3) ** 2 + (3 - 10 / 3) ** 2 + (5 - 10 / 3) ** 2);
  for (const { meanSquare, degrees } of factors) {
    expect(degrees).toBe(2);
    expect(meanSquare).toBeCloseTo(square / 2, 12);
  }
  const all = table.reduce((sum, value) => sum + (value - 10 / 3) ** 2, 0);
  expect(rest).toEqual({ meanSquare: expect.closeTo((all - 2 * square) / 4, 12), degrees: 4 });
});

test("intervals of 95% hold the true variances and shares, by simulation", () => {
  const [sds, rest] = [[1, 0.3, 0.3], 0.8];
  const truth = [...sds, rest].map((sd) => sd ** 2);
  const whole = truth.reduce((sum, part) => sum + part, 0);
  const experiments = 300;
  const held = truth.map(() => ({ variance: 0, share: 0 }));
  for (let seed = 0; seed < experiments; seed++) {
    const { factors, rest: left } = varianceComponents(simulated(sds, rest, 7, seed), { seed, draws: 500 });
    for (const [i, { variance95, share95 }] of [...factors, left].entries()) {
      const [count, part] = [held[i], truth[i] as number];
      if (!count) continue;
      count.variance += Number(variance95[0] <= part && part <= variance95[1]);
      count.share += Number(share95[0] <= part / whole && part / whole <= share95[1]);
    }
  }
  // Three standard deviations of a share of 95% of 300.
  for (const { variance, share } of held)
    for (const part of [variance, share]) expect(part / experiments).toBeGreaterThan(0.95 - 3 * 0.0126);
});

test("what a number of pairs adds is taken off the rest", () => {
  const values = crossedDesign(2, 4).map((levels, run) => ({ levels, value: run % 2 ? 0.2 : 0.1 }));
  const without = varianceComponents(values, { seed: 0, draws: 10 });
  const { sampling, rest, total } = varianceComponents(values, { seed: 0, draws: 10, pairs: 101 });
  // The mean of 0.2 · 0.8 and 0.1 · 0.9, by 100.
  expect(sampling.estimate).toBeCloseTo(0.00125, 14);
  expect(rest.estimate).toBeCloseTo(without.rest.estimate - 0.00125, 14);
  expect(total).toBeCloseTo(without.total, 14);
  expect(without.sampling.estimate).toBe(0);
});

test("the same seed gives the same intervals; values that are all equal have parts of 0", () => {
  const values = simulated([1, 1], 1, 4, 0);
  expect(varianceComponents(values, { seed: 3 })).toEqual(varianceComponents(values, { seed: 3 }));
  const equal = varianceComponents(
    values.map(({ levels }) => ({ levels, value: 0 })),
    { seed: 0, pairs: 1000 },
  );
  expect(equal.total).toBe(0);
  for (const { variance, share, variance95 } of [...equal.factors, equal.rest, equal.sampling])
    expect([variance, share, ...variance95]).toEqual([0, 0, 0, 0]);
});

test.each<[string, CrossedValue[]]>([
  ["none", []],
  ["one missing", simulated([1, 1], 1, 4, 0).slice(1)],
  ["a level twice", simulated([1, 1], 1, 3, 0).map((each, i) => (i === 0 ? { ...each, levels: [0, 1] } : each))],
  ["one factor, not balanced", simulated([1], 1, 3, 0).map((each, i) => (i === 0 ? { ...each, levels: [1] } : each))],
  ["no number", simulated([1, 1], 1, 3, 0).map((each, i) => (i === 0 ? { ...each, value: Number.NaN } : each))],
])("values that are not crossed are refused: %s", (_, values) => {
  expect(() => crossedAnova(values)).toThrow(/^a crossed design needs/);
});
