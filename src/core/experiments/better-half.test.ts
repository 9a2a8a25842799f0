import { expect, test } from "vitest";
import { betterHalf, byMeanError } from "./better-half.js";

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
