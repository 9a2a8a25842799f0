import { expect, it } from "vitest";
import { fiveNumbers, mean, median } from "./index.js";
import { standardDeviation } from "./moments.js";

it("the mean is the sum over the count", () => {
  expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
  expect(mean([0.25])).toBe(0.25);
});

it("the standard deviation divides by one less than the count", () => {
  // Squared distances from 5: 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32.
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 14);
  expect(standardDeviation([1, 4])).toBeCloseTo(3 / Math.SQRT2, 14);
});

it("the standard deviation is not lost beside a large mean", () => {
  expect(standardDeviation([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBeCloseTo(Math.sqrt(30), 12);
});

it("equal values have no spread, and fewer than two have none to speak of", () => {
  expect(standardDeviation([3, 3, 3])).toBe(0);
  expect(standardDeviation([3])).toBeUndefined();
  expect(standardDeviation([])).toBeUndefined();
});

it("the median is the middle value, or halfway between two, in whatever order they come", () => {
  expect(median([10, 9, 1])).toBe(9);
  expect(median([100, 3, 20, 1])).toBe(11.5);
  expect(median([7])).toBe(7);
  expect(median([9, 1, 10])).toBe(9);
  expect(median([5, 1, 4, 2, 33])).toBe(4);
});

it("the median leaves the order of what it is given", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

it("the five numbers are those of NumPy's quantile and R's, in whatever order values come", () => {
  // numpy.quantile([1, 2, 4, 8], [0, 0.25, 0.5, 0.75, 1])
  expect(fiveNumbers([8, 1, 4, 2])).toEqual({
    least: 1,
    lowerQuartile: 1.75,
    median: 3,
    upperQuartile: 5,
    greatest: 8,
  });
  expect(fiveNumbers([5, 1, 2, 4, 3])).toEqual({
    least: 1,
    lowerQuartile: 2,
    median: 3,
    upperQuartile: 4,
    greatest: 5,
  });
  expect(fiveNumbers([7])).toEqual({ least: 7, lowerQuartile: 7, median: 7, upperQuartile: 7, greatest: 7 });
  expect(() => fiveNumbers([])).toThrow("values");
});
