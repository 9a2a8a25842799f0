import { expect, test } from "vitest";
import { InvalidRequest } from "../../errors.js";
import { MOST_TUNINGS } from "../../limits.js";
import { meanInterval, signFlipInterval } from "../../statistics/index.js";
import { pairedTests } from "./paired-tests.js";
import { errorSpread } from "./spread.js";
import { checkReportedSeeds } from "./tuning-seeds.js";
import { allRounds, byTuning, spreadOverUnits, tuningSources, tuningVariance, unitsIn, unitsOf } from "./tunings.js";

test("the first tuning is that of an experiment with one; each other draws from seeds of its own", () => {
  expect(tuningSources(7, 1, 3)).toEqual([{ seed: 7, seeds: [50_007, 50_008, 50_009] }]);
  expect(tuningSources(7, 3, 2)).toEqual([
    { seed: 7, seeds: [50_007, 50_008] },
    { seed: 50_009, seeds: [50_009, 50_010] },
    { seed: 50_011, seeds: [50_011, 50_012] },
  ]);
});

test("the most tunings of the most rounds stay within the seeds that are kept for tuning", () => {
  const seeds = tuningSources(8999, MOST_TUNINGS, 10).flatMap((source) => source.seeds);
  expect(new Set(seeds).size).toBe(10 * MOST_TUNINGS);
  expect(Math.max(...seeds)).toBeLessThan(60_000);
  for (const seed of seeds) expect(() => checkReportedSeeds(seed, 1)).toThrow(InvalidRequest);
});

test("rounds are dealt to tunings in their order", () => {
  expect(byTuning([1, 2, 3, 4, 5, 6], 3)).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(unitsOf([1, 2, 3, 4, 5, 9], 3)).toEqual([1.5, 3.5, 7]);
  expect(unitsOf([1, Number.NaN, 3, 4], 2)).toEqual([Number.NaN, 3.5]);
  expect(unitsOf([1, 2, 3])).toEqual([1, 2, 3]);
});

test("the interval of a mean error is over tunings, its deviation over rounds", () => {
  const errors = [0.1875, 0.3125, 0.25, 0.375, 0.25, 0.3125];
  const spread = spreadOverUnits(errors, 1000, 3);
  expect(spread.mean).toBe(0.28125);
  expect(spread.sd).toBe(errorSpread(errors, 1000).sd);
  expect(spread.ci95).toEqual(meanInterval([0.25, 0.3125, 0.28125]));
  expect(spreadOverUnits(errors, 1000)).toEqual(errorSpread(errors, 1000));
  expect(spreadOverUnits(errors, 1000, 2).ci95).toBeNull();
});

test("a round that diverged is left out of its tuning's mean, and a tuning of such rounds altogether", () => {
  const none = Number.NaN;
  const { mean, ci95 } = spreadOverUnits([0.25, none, 0.25, 0.375, 0.25, 0.3125, none, none], 1000, 4);
  expect(mean).toBe(0.28125);
  expect(ci95).toEqual(meanInterval([0.25, 0.3125, 0.28125]));
});

test("tunings without an error have the interval of all their pairs", () => {
  // Wilson's: 3.84 / (N + 3.84) for N = 6 rounds of 100 pairs.
  expect(spreadOverUnits(new Array(6).fill(0), 100, 3).ci95?.[1]).toBeCloseTo(3.8415 / 603.8415, 6);
});

test("rounds of six tunings that agree within each say no more than six values", () => {
  const values = [0.5, -0.25, 1, 0.375, 0.125, 0.625];
  const rounds = values.flatMap((value) => [value, value, value]);
  const [test] = pairedTests([unitsOf(rounds, 6)], 0);
  expect(test?.ci95).toEqual(signFlipInterval(values, 0));
});

test("the variance is split where several tunings have several rounds, all finished", () => {
  const values = [1, 3, 5, 7, 8, 12];
  expect(tuningVariance(values, { rounds: 6, tunings: 3, seed: 0 })?.between).toBeCloseTo(14, 12);
  expect(tuningVariance(values, { rounds: 6, seed: 0 })).toBeUndefined();
  expect(tuningVariance(values, { rounds: 6, tunings: 6, seed: 0 })).toBeUndefined();
  expect(tuningVariance([Number.NaN, ...values.slice(1)], { rounds: 6, tunings: 3, seed: 0 })).toBeUndefined();
});

test("units in words", () => {
  expect(unitsIn({ rounds: 30 })).toEqual({ count: 30, one: "round", words: "30 rounds", n: "30" });
  expect(unitsIn({ rounds: 1 }).words).toBe("1 round");
  expect(unitsIn({ rounds: 30, tunings: 10 })).toEqual({
    count: 10,
    one: "tuning",
    words: "10 tunings of 3 rounds",
    n: "10 tunings of 3 rounds",
  });
});

test("more rounds than an experiment can have are refused", () => {
  expect(allRounds(100, 100)).toBe(10_000);
  expect(() => allRounds(101, 100)).toThrow(
    "--tunings 100 with --rounds 101 each are 10100 rounds: there are at most 10000",
  );
});
