import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { number, whole } from "./options.js";

const SPELT = ["0x10", "1_000", " 5 ", "5\n", "+5", "5.", "５", "٣", "Infinity", "NaN", "1e400", "", " ", "5n", "1,5"];

test.each(SPELT)("%j is no number anywhere", (text) => {
  expect(() => number({ least: -1e9, most: 1e9 })(text)).toThrow(InvalidArgumentError);
  expect(() => whole(0, 1_000_000)(text)).toThrow(InvalidArgumentError);
});

test("numbers are as they are written; whole ones have only digits", () => {
  expect(["0.5", ".5", "5e-1", "1E2", "007"].map(number({ least: 0, most: 1000 }))).toEqual([0.5, 0.5, 0.5, 100, 7]);
  expect(["25", "007"].map(whole(0, 1000))).toEqual([25, 7]);
  for (const text of ["1e2", "25.0"]) expect(() => whole(0, 1000)(text)).toThrow(InvalidArgumentError);
});

test("ends that do not belong are out, and −0 is 0", () => {
  expect(() => number({ least: 0, most: 1, open: "least" })("-0")).toThrow(InvalidArgumentError);
  expect(Object.is(number({ least: 0, most: 1, open: "most" })("-0"), 0)).toBe(true);
  expect(() => number({ least: 0, most: 1, open: "most" })("1")).toThrow(InvalidArgumentError);
});
