import { expect, test } from "vitest";
import { InvalidRequest } from "../errors.js";
import { expandedDeviate } from "./bootstrap.js";
import {
  anytimeEquivalenceP,
  anytimeInterval,
  anytimeP,
  anytimeRoundsNeeded,
  bcaOf,
  equivalence,
  fewestRounds,
  holm,
  mean,
  meanInterval,
  median,
  nonIncreasingFit,
  probabilityOfSuperiority,
  roundsNeeded,
  samplingSd,
  signFlip,
  signFlipInterval,
  signFlipMax,
} from "./index.js";
import { adjustedShare } from "./least-squares.js";
import { standardDeviation } from "./moments.js";
import { tQuantile } from "./student.js";
import { wilsonInterval } from "./superiority.js";

/** A call as JavaScript makes it. */
const texts = ["0.1", "0.2"] as unknown as number[];
const text = "3" as unknown as number;
const nothing = undefined as unknown as number;

test.each<[string, () => unknown, string]>([
  ["a mean of none", () => mean([]), "values must hold at least 1 number, not 0"],
  ["a mean of texts", () => mean(texts), 'values[0] must be a number, not "0.1"'],
  ["a median of none", () => median([]), "values must hold at least 1 number, not 0"],
  ["a deviation of texts", () => standardDeviation(texts), 'values[0] must be a number, not "0.1"'],
  ["an interval of texts", () => meanInterval(texts), 'values[0] must be a number, not "0.1"'],
  ["an interval of differences by text", () => signFlipInterval(texts), 'differences[0] must be a number, not "0.1"'],
  ["an alpha above 1", () => signFlipInterval([1], 0, { alpha: 2 }), "alpha must be a number from 0 to 1, not 2"],
  [
    "half a flip",
    () => signFlipInterval([1], 0, { flips: 0.5 }),
    "flips must be a whole number from 1 to 100000000, not 0.5",
  ],
  [
    "no resamples",
    () => bcaOf(2, () => 1, 0, { resamples: 0 }),
    "resamples must be a whole number from 1 to 10000000, not 0",
  ],
  [
    "half a resample",
    () => bcaOf(2, () => 1, 0, { resamples: 1.5 }),
    "resamples must be a whole number from 1 to 10000000, not 1.5",
  ],
  ["a deviate below 0", () => bcaOf(2, () => 1, 0, { deviate: -1 }), "deviate must be a number from 0 to 1000, not -1"],
  [
    "another option",
    () => bcaOf(2, () => 1, 0, { resample: 5 } as object),
    'there is no option "resample": did you mean resamples?',
  ],
  ["a round too few", () => bcaOf(-1, () => 1), "n must be a whole number from 0 to 1000000, not -1"],
  ["a round of deviation", () => expandedDeviate(1), "n must be a whole number from 2 to 9007199254740991, not 1"],
  ["a p beyond 1", () => holm([0.5, 1.01]), "p-values[1] must be a number from 0 to 1, or NaN, not 1.01"],
  ["a p below 0", () => holm([-0.01]), "p-values[0] must be a number from 0 to 1, or NaN, not -0.01"],
  ["p by text", () => holm(texts), 'p-values[0] must be a number, not "0.1"'],
  ["a fit of texts", () => nonIncreasingFit(texts), 'values[0] must be a number, not "0.1"'],
  ["weights by text", () => nonIncreasingFit([1, 2], texts), 'weights[0] must be a number, not "0.1"'],
  ["columns by text", () => adjustedShare([[1, 2], texts], [1, 2]), 'columns[1][0] must be a number, not "0.1"'],
  ["values by text", () => adjustedShare([], texts), 'values[0] must be a number, not "0.1"'],
  ["a short column", () => adjustedShare([[1]], [1, 2]), "columns[0] has 1 numbers, but there are 2 values"],
  ["differences by text", () => signFlip(texts), 'differences[0] must be a number, not "0.1"'],
  ["quantities of other rounds", () => signFlipMax([[1, 2], [1]]), "the quantities are not of the same rounds"],
  ["quantities by text", () => signFlipMax([[1], texts]), 'quantities[1][0] must be a number, not "0.1"'],
  ["differences at any time by text", () => anytimeP(texts), 'differences[0] must be a number, not "0.1"'],
  ["no margin", () => anytimeEquivalenceP([1, 2], 0), "margin must be a number above 0, not 0"],
  ["a margin by text", () => equivalence([1, 2], text), 'margin must be a finite number, not "3"'],
  ["an alpha below 0 at any time", () => anytimeInterval([1, 2], -1), "alpha must be a number from 0 to 1, not -1"],
  [
    "a spread below 0 at any time",
    () => anytimeRoundsNeeded({ mean: 1, sd: -1 }),
    "sd must be a number of at least 0, not -1",
  ],
  ["no flips", () => signFlip([1], 0, { flips: 0 }), "flips must be a whole number from 1 to 100000000, not 0"],
  ["errors by text", () => probabilityOfSuperiority(texts, [1, 2]), 'a[0] must be a number, not "0.1"'],
  ["other errors by text", () => probabilityOfSuperiority([1, 2], texts), 'b[0] must be a number, not "0.1"'],
  ["fewer others", () => probabilityOfSuperiority([1, 2], [1]), "2 and 1 errors are not of the same rounds"],
  ["more than all", () => wilsonInterval(4, 3), "successes must be a number from 0 to 3, not 4"],
  ["fewer than none", () => wilsonInterval(-0.5, 3), "successes must be a number from 0 to 3, not -0.5"],
  ["successes by text", () => wilsonInterval(text, 3), 'successes must be a number from 0 to 3, not "3"'],
  ["none of none", () => wilsonInterval(0, 0), "n must be a whole number from 1 to 9007199254740991, not 0"],
  ["an error above 1", () => samplingSd(1.1, 10), "error must be a fraction from 0 to 1, not 1.1"],
  ["an error below 0", () => samplingSd(-0.1, 10), "error must be a fraction from 0 to 1, not -0.1"],
  ["no error", () => samplingSd(nothing, 10), "error is missing: it must be a fraction from 0 to 1"],
  ["no pairs", () => samplingSd(0.1, 0), "pairs must be a whole number from 1 to 9007199254740991, not 0"],
  ["a spread below 0", () => roundsNeeded({ mean: 1, sd: -1 }), "sd must be a number of at least 0, not -1"],
  ["a spread by text", () => roundsNeeded({ mean: 1, sd: text }), 'sd must be a number of at least 0, not "3"'],
  ["a mean by text", () => roundsNeeded({ mean: text, sd: 1 }), 'mean must be a number, not "3"'],
  [
    "no comparison",
    () => roundsNeeded({ mean: 0, sd: 1, comparisons: 0 }),
    "comparisons must be a whole number from 1 to 1000000000, not 0",
  ],
  ["half a comparison", () => fewestRounds(1.5), "comparisons must be a whole number from 1 to 1000000000, not 1.5"],
  ["a probability above 1", () => tQuantile(1.5, 3), "probability must be a number from 0 to 1, not 1.5"],
  ["half a degree", () => tQuantile(0.9, 0.5), "degrees must be a whole number from 1 to 9007199254740991, not 0.5"],
])("%s is refused", (_, call, message) => {
  expect(call).toThrow(new InvalidRequest(message));
});

test("the ends of what may be asked for are answered", () => {
  expect(holm([0, 1])).toEqual([0, 1]);
  expect([samplingSd(0, 1), samplingSd(1, 1)]).toEqual([0, 0]);
  expect(roundsNeeded({ mean: 1, sd: 0 })).toBe(6);
  expect(roundsNeeded({ mean: -1, sd: 1 })).toBe(roundsNeeded({ mean: 1, sd: 1 }));
  expect(wilsonInterval(0, 1)[0]).toBe(0);
  expect(wilsonInterval(1, 1)[1]).toBe(1);
  expect([tQuantile(0, 1), tQuantile(1, 1)]).toEqual([-Infinity, Infinity]);
});
