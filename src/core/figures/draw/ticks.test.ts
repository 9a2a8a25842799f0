import { expect, test } from "vitest";
import { evenNumbers } from "./ticks.js";

test("multiples of a round number between two ends", () => {
  expect(evenNumbers(2.1, 3.4)).toEqual([2.5, 3]);
  expect(evenNumbers(1.98, 2.31)).toEqual([2, 2.1, 2.2, 2.3]);
  expect(evenNumbers(60_000, 110_000)).toEqual([60_000, 70_000, 80_000, 90_000, 100_000, 110_000]);
});
