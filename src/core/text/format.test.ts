import { expect, test } from "vitest";
import {
  localTime,
  meanAndSpread,
  nounFor,
  percentWithInterval,
  pointsWithInterval,
  pValue,
  signed,
  signedPoints,
} from "./format.js";

test("a difference without its sign: the interval turns with it", () => {
  expect(pointsWithInterval(-0.029, [-0.038, 0.0021])).toBe("2.9 points [−0.2, 3.8]");
  expect(pointsWithInterval(0.029, [-0.0021, 0.038])).toBe("2.9 points [−0.2, 3.8]");
  expect(pointsWithInterval(0.029, null)).toBe("2.9 points");
});

test("a difference with its sign: two decimals below a point, and no minus before what rounds to zero", () => {
  expect(signedPoints(-0.029, [-0.038, -0.021])).toBe("−2.9 [−3.8, −2.1]");
  expect(signedPoints(-0.0048, [-0.0102, 0.00001])).toBe("−0.48 [−1.02, 0.00]");
  expect(signedPoints(-0.00001, [-0.00004, 0.0012])).toBe("0.00 [0.00, 0.12]");
  expect(signedPoints(0.16, null)).toBe("16.0");
});

test("a share with its interval: as many decimals as the share, and none where there is no interval", () => {
  expect(percentWithInterval(0.144, [0.13951, 0.1484])).toBe("14.4% [14.0, 14.8]");
  expect(percentWithInterval(0.0065, [0.0057, 0.00724])).toBe("0.65% [0.57, 0.72]");
  expect(percentWithInterval(0.144, null)).toBe("14.4%");
});

test("p to three decimals where it is small", () => {
  expect([0.0009, 0.001, 0.0994, 0.0996, 0.35, 1].map(pValue)).toEqual([
    "p < 0.001",
    "p = 0.001",
    "p = 0.099",
    "p = 0.10",
    "p = 0.35",
    "p = 1.00",
  ]);
});

test("a mean without the spread that a single round does not have", () => {
  expect(meanAndSpread({ mean: 0.0838, sd: 0.0093 })).toBe("8.4% ± 0.93 pt");
  expect(meanAndSpread({ mean: 0.0838, sd: null })).toBe("8.4%");
});

test("a time as the clock of this machine shows it", () => {
  expect(localTime(new Date(2026, 10, 4, 3, 9, 59).getTime())).toBe("2026-11-04 03:09");
});

test("a minus sign, as wide as a plus, where a number is below zero as printed", () => {
  expect([-8.124, -0.004, -0, 0.126].map((value) => signed(value, 2))).toEqual(["−8.12", "0.00", "0.00", "0.13"]);
});

test("a noun behind a number is in the singular behind 1 alone", () => {
  expect([0, 1, 2, 1000].map((value) => nounFor(value, "pair"))).toEqual(["pairs", "pair", "pairs", "pairs"]);
  expect([1, 2].map((value) => nounFor(value, "class", "classes"))).toEqual(["class", "classes"]);
});
