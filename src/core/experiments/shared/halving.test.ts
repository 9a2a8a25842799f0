import { expect, test } from "vitest";
import { betterHalf, byMeanError } from "./halving.js";

test("the better half by mean, the middle one of odd ones too, in their order", () => {
  expect(betterHalf([[0.3], [0.1], [0.2], [0.4]])).toEqual([1, 2]);
  expect(betterHalf([[0.3], [0.1], [0.2]])).toEqual([1, 2]);
  expect(
    betterHalf([
      [0.1, 0.4],
      [0.2, 0.2],
    ]),
  ).toEqual([1]);
  expect(betterHalf([])).toEqual([]);
});

test("one that diverged in a round comes last, and does not go on in a better half that has room", () => {
  const errors = [[Number.NaN], [0.3], [Number.NaN], [Number.NaN]];
  expect(byMeanError(errors)).toEqual([1, 0, 2, 3]);
  expect(betterHalf(errors)).toEqual([1]);
  expect(
    betterHalf([
      [0.1, Number.NaN],
      [0.9, 0.9],
    ]),
  ).toEqual([1]);
  expect(betterHalf([[Number.NaN], [Number.NaN]])).toEqual([]);
});

test("of equal means the earlier comes first, whatever the order of the errors", () => {
  expect(0.1 + 0.2 + 0.3).not.toBe(0.3 + 0.2 + 0.1);
  expect(
    byMeanError([
      [0.1, 0.2, 0.3],
      [0.3, 0.2, 0.1],
      [0.1, 0.1, 0.1],
    ]),
  ).toEqual([2, 0, 1]);
});
