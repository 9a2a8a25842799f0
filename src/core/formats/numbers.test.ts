import fc from "fast-check";
import { expect, it, test } from "vitest";
import { parseNumber, parseWhole } from "./numbers.js";

test.each<[string, number]>([
  ["0", 0],
  ["25", 25],
  ["007", 7],
  ["-1", -1],
  ["0.003", 3 / 1000],
  [".5", 1 / 2],
  [".25", 1 / 4],
  ["3e-3", 3 / 1000],
  ["1E+2", 100],
  ["-2.5e1", -25],
  ["-0", 0],
])("%s is a number", (text, value) => expect(parseNumber(text)).toBe(value));

test.each([
  ...["", " ", " 5", "5 ", "5\n", "+5", "5.", ".", "e5", "1e", "1e+", "--5", "- 5", "1_000", "1,000", "33,15"],
  ...["0x10", "0b1", "0o7", "10n", "Infinity", "-Infinity", "NaN", "1e400", "-1e400", "５", "٣", "½", "1e５", "5\0"],
])("%j is none", (text) => {
  expect(parseNumber(text)).toBeUndefined();
  expect(parseWhole(text)).toBeUndefined();
});

test.each(["2.5", "1e3", "5.0", "9007199254740993", "-9007199254740993"])("%s is not a whole number", (text) =>
  expect(parseWhole(text)).toBeUndefined(),
);

test("−0 is 0, as whole number too", () => expect(parseWhole("-0")).toBe(0));

it("takes every finite number as JavaScript writes it", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      // −0 is written "0".
      expect(parseNumber(String(value))).toBe(value + 0);
    }),
  );
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(parseWhole(String(value))).toBe(value);
    }),
  );
});
