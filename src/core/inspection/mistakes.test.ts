import { expect, test } from "vitest";
import type { Decisions } from "./decisions.js";
import { mistakes } from "./mistakes.js";

// Five pairs of three classes; pairs 1, 2, 3 and 4 are decided wrong.
const pairs = {
  classes: Uint8Array.of(0, 1, 2, 1, 0, 2, 1, 1, 2, 0),
  targets: Uint8Array.of(1, 0, 1, 1, 0),
};
const decided: Decisions = {
  count: 5,
  probabilities: Float64Array.of(0.9, 0.75, 0.25, 0.1, 0.75),
  holds: Uint8Array.of(1, 1, 0, 0, 1),
};
const withDigits: Decisions = { ...decided, digits: Uint8Array.of(0, 1, 1, 1, 2, 2, 1, 0, 0, 0) };

test("mistakes come with the smallest probability of the right answer first, then by index", () => {
  expect(mistakes(decided, pairs)).toEqual([
    { pair: 3, classes: [1, 1], holds: true, probability: 0.1 },
    { pair: 1, classes: [2, 1], holds: false, probability: 0.25 },
    { pair: 2, classes: [0, 2], holds: true, probability: 0.25 },
    { pair: 4, classes: [2, 0], holds: false, probability: 0.25 },
  ]);
});

test("and say what was read, where digits are", () => {
  expect(mistakes(withDigits, pairs).map(({ digits }) => digits)).toEqual([
    [1, 0],
    [1, 1],
    [2, 2],
    [0, 0],
  ]);
});
