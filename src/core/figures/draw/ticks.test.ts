import { expect, test } from "vitest";
import { evenNumbers, roundNumbers } from "./ticks.js";

test("round numbers between two, ends included", () => {
  expect(roundNumbers(0.4, 30)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(roundNumbers(0.0003, 0.03, [1, 3])).toEqual([0.0003, 0.001, 0.003, 0.01, 0.03]);
});

test("multiples of a round number between two ends", () => {
  expect(evenNumbers(2.1, 3.4)).toEqual([2.5, 3]);
  expect(evenNumbers(1.98, 2.31)).toEqual([2, 2.1, 2.2, 2.3]);
  expect(evenNumbers(60_000, 110_000)).toEqual([60_000, 70_000, 80_000, 90_000, 100_000, 110_000]);
});
