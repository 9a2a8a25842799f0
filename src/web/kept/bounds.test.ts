import { expect, test } from "vitest";
import { overflow } from "./bounds.js";

const entry = (id: string, at: number, bytes: number) => ({ id, at, bytes });
const THREE = [entry("new", 3, 10), entry("old", 1, 30), entry("middle", 2, 20)];

test("what fits into both bounds stays", () => {
  expect(overflow(THREE, { runs: 3, bytes: 60 })).toEqual([]);
  expect(overflow([], { runs: 0, bytes: 0 })).toEqual([]);
});

test("more runs, or more bytes, than there may be push the oldest out first", () => {
  expect(overflow(THREE, { runs: 2, bytes: 60 })).toEqual(["old"]);
  expect(overflow(THREE, { runs: 1, bytes: 60 })).toEqual(["old", "middle"]);
  expect(overflow(THREE, { runs: 3, bytes: 59 })).toEqual(["old"]);
  expect(overflow(THREE, { runs: 3, bytes: 29 })).toEqual(["old", "middle"]);
});

test("an old one that is small does not outlive a newer one that is too large", () => {
  expect(overflow([entry("new", 3, 10), entry("large", 2, 50), entry("small", 1, 1)], { runs: 9, bytes: 40 })).toEqual([
    "small",
    "large",
  ]);
});
