import { expect, test } from "vitest";
import { evenNumbers, fewNumbers, fewPercentages, logTicks, roundNumbers } from "./ticks.js";

test("round numbers between two, ends included", () => {
  expect(roundNumbers(0.4, 30)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(roundNumbers(0.0003, 0.03, [1, 3])).toEqual([0.0003, 0.001, 0.003, 0.01, 0.03]);
});

test("multiples of a round number between two ends", () => {
  expect(evenNumbers(2.1, 3.4)).toEqual([2.5, 3]);
  expect(evenNumbers(1.98, 2.31)).toEqual([2, 2.1, 2.2, 2.3]);
  expect(evenNumbers(60_000, 110_000)).toEqual([60_000, 70_000, 80_000, 90_000, 100_000, 110_000]);
});

test("positions on a logarithmic axis, in percent", () => {
  const ticks = logTicks([Math.log(0.009), Math.log(0.06)], 100);
  expect(ticks.map((position) => Math.exp(position))).toEqual(
    [0.01, 0.02, 0.05].map((each) => expect.closeTo(each, 12)),
  );
});

test("few numbers: powers of ten of many, even ones where there is no second round one", () => {
  expect(fewNumbers(0.5, 60)).toEqual([0.5, 1, 2, 5, 10, 20, 50]);
  expect(fewNumbers(0.5, 600)).toEqual([1, 10, 100]);
  expect(fewNumbers(2.1, 3.4)).toEqual([2.5, 3]);
});

test("few percentages: round ones over more than a factor of four, else even ones", () => {
  expect(fewPercentages(9, 41)).toEqual([10, 20]);
  expect(fewPercentages(9, 33)).toEqual([10, 15, 20, 25, 30]);
});
