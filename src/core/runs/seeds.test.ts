import fc from "fast-check";
import { expect, it } from "vitest";
import { seedRanges } from "./seeds.js";

it.each([
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "0–9"],
  [[0, 1, 2, 3, 7], "0–3, 7"],
  [[4], "4"],
  [[1, 3, 5], "1, 3, 5"],
  [[], ""],
])("%j reads %s", (seeds, text) => expect(seedRanges(seeds)).toBe(text));

it("says which seeds there are, and no others", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(60)), (some) => {
      const seeds = some.toSorted((a, b) => a - b);
      const ranges = seedRanges(seeds).split(", ").filter(Boolean);
      const read = ranges.flatMap((range) => {
        const [first = 0, last = first] = range.split("–").map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => first + i);
      });
      expect(read).toEqual(seeds);
    }),
  );
});
