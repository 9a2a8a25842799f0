import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidRequest } from "../../errors.js";
import { FIRST_SEEDS, MOST_ROUNDS } from "../../limits.js";
import { MOST_CANDIDATES } from "../ablate/limits.js";
import { tuningBudget } from "../ablate/tuning.js";
import { MOST_TUNING_ROUNDS } from "../tune/limits.js";
import { searchPlan } from "../tune/search.js";
import { checkingSeeds, checkReportedSeeds, tuningSeeds } from "./tuning-seeds.js";

const seeds = fc.oneof(fc.nat(80_000), fc.integer({ min: 0, max: FIRST_SEEDS.most }), fc.constant(FIRST_SEEDS.most));

test("what chooses and what checks never share a round, and no reported round is one of either", () => {
  fc.assert(
    fc.property(seeds, seeds, fc.integer({ min: 1, max: MOST_ROUNDS }), (tuned, reported, rounds) => {
      const choosing = [
        ...searchPlan(60, MOST_TUNING_ROUNDS, tuned).seeds,
        ...tuningBudget(MOST_CANDIDATES, tuned, 1).seeds,
      ];
      const checking = checkingSeeds(reported, MOST_TUNING_ROUNDS);
      expect(Math.max(...choosing)).toBeLessThan(Math.min(...checking));
      const isReported = (seed: number) => seed >= reported && seed < reported + rounds;
      const clash = [...choosing, ...checking].some(isReported);
      if (clash) expect(() => checkReportedSeeds(reported, rounds)).toThrow(InvalidRequest);
      expect(Number.isSafeInteger(reported + rounds - 1)).toBe(true);
    }),
  );
});

test("seeds of tuning are as they always were for first seeds up to 8,999", () => {
  expect(tuningSeeds(7, 3)).toEqual([50_007, 50_008, 50_009]);
  expect(tuningSeeds(8_999, 2)).toEqual([58_999, 59_000]);
  expect(checkingSeeds(8_999, 1)).toEqual([68_999]);
  expect(tuningSeeds(9_000, 1)).toEqual([50_000]);
});

test.each([
  [0, 10_000],
  [49_990, 10],
  [70_000, 10_000],
  [FIRST_SEEDS.most, 10_000],
])("seed %d and %d rounds are reported", (seed, rounds) => {
  expect(() => checkReportedSeeds(seed, rounds)).not.toThrow();
});

test.each([
  [50_000, 1, "seed 50000 is one of 50000 to 69999"],
  [49_991, 10, "seeds 49991 to 50000 include some of 50000 to 69999"],
  [69_999, 5, "give a first seed of at most 49995, or of at least 70000"],
  [45_000, 10_000, "give a first seed of at most 40000, or of at least 70000"],
])("seed %d and %d rounds are refused", (seed, rounds, message) => {
  expect(() => checkReportedSeeds(seed, rounds)).toThrow(InvalidRequest);
  expect(() => checkReportedSeeds(seed, rounds)).toThrow(message);
});
