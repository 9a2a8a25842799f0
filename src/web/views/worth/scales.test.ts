import { expect, test } from "vitest";
import { pairsAtPlace, placeOfError, placeOfPairs } from "./scales.js";

test("equal ratios of pairs and of errors are equally far apart", () => {
  expect(placeOfPairs(1000) - placeOfPairs(500)).toBeCloseTo(placeOfPairs(500) - placeOfPairs(250), 12);
  expect(placeOfError(0.05) - placeOfError(0.1)).toBeCloseTo(placeOfError(0.1) - placeOfError(0.2), 12);
  expect(placeOfError(0.1)).toBeGreaterThan(placeOfError(0.2));
});

test("a place is that of its pairs, and what is outside is at the edge", () => {
  for (const pairs of [250, 1000, 7500]) expect(pairsAtPlace(placeOfPairs(pairs))).toBeCloseTo(pairs, 8);
  expect([placeOfPairs(1), placeOfPairs(1e6), placeOfError(1), placeOfError(1e-4)]).toEqual([0, 1, 0, 1]);
  expect(pairsAtPlace(-3)).toBeCloseTo(pairsAtPlace(0), 12);
});
