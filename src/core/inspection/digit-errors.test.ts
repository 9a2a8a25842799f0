import { expect, test } from "vitest";
import type { Decisions } from "./decisions.js";
import { digitConfusion, errorsByDigits } from "./digit-errors.js";

// Five pairs of three classes; pairs 1, 2, 3 and 4 are decided wrong.
const pairs = {
  count: 5,
  classCount: 3,
  classes: Uint8Array.of(0, 1, 2, 1, 0, 2, 1, 1, 2, 0),
  targets: Uint8Array.of(1, 0, 1, 1, 0),
};
const decided: Decisions = { count: 5, probabilities: new Float64Array(5), holds: Uint8Array.of(1, 1, 0, 0, 1) };
const withDigits: Decisions = { ...decided, digits: Uint8Array.of(0, 1, 1, 1, 2, 2, 1, 0, 0, 0) };

test("digits are counted by what they are and what they are read as", () => {
  // Zeros: 0, 2, 0; ones: 1, 1, 1, 0; twos: 1, 2, 0.
  expect(digitConfusion(withDigits, pairs)).toEqual(Uint32Array.of(2, 0, 1, 1, 3, 0, 1, 1, 1));
  expect(digitConfusion(decided, pairs)).toBeUndefined();
});

test("pairs and errors are counted by both digits", () => {
  expect(errorsByDigits(decided, pairs)).toEqual({
    pairs: Uint32Array.of(0, 1, 1, 0, 1, 0, 1, 1, 0),
    wrong: Uint32Array.of(0, 0, 1, 0, 1, 0, 1, 1, 0),
  });
});
