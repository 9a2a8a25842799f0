import { expect, test } from "vitest";
import { smallJob } from "../../../../test/support/jobs.js";
import { roundsInCommon, testableOf } from "./common-rounds.js";

const group = (seeds: readonly number[], settings: Parameters<typeof smallJob>[1] = {}) => ({
  config: smallJob("mlp", settings).config,
  runs: seeds.map((seed) => ({ seed })),
});

test("the rounds of groups are the longest row of seeds that all have", () => {
  const [a, b, c] = [group([0, 1, 2, 5, 6, 7, 8]), group([8, 7, 6, 5, 1, 0]), group([6, 7, 8, 9], { epochs: 9 })];
  expect(roundsInCommon([a, b])).toMatchObject({ seed: 5, rounds: 4 });
  expect(roundsInCommon([a, b, c])).toMatchObject({ seed: 6, rounds: 3 });
  expect(roundsInCommon([group([3]), group([3])])).toMatchObject({ seed: 3, rounds: 1 });
  expect(roundsInCommon([group([3]), group([4])])).toBeUndefined();
});

test("rounds with other test pairs are not the same, though their seeds are", () => {
  expect(roundsInCommon([group([0, 1]), group([0, 1], { relation: "less" })])).toBeUndefined();
  expect(roundsInCommon([group([0, 1]), group([0, 1], { testPairs: 10 })])).toBeUndefined();
  expect(roundsInCommon([group([0, 1]), group([0, 1], { trainPairs: 10 })])).toMatchObject({ rounds: 2 });
});

test("groups that share rounds are tested together; else each two that do, and the others are named", () => {
  const [a, b, c] = [group([0, 1]), group([1, 2]), group([2, 3])];
  expect(testableOf([a, b])).toEqual({ tests: [{ groups: [a, b], seed: 1, rounds: 1 }], apart: [] });
  expect(testableOf([a, b, c])).toEqual({
    tests: [
      { groups: [a, b], seed: 1, rounds: 1 },
      { groups: [b, c], seed: 2, rounds: 1 },
    ],
    apart: [[a, c]],
  });
});
