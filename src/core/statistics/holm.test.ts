import fc from "fast-check";
import { expect, it } from "vitest";
import { scipy } from "../../../test/statistics/scipy.js";
import { holm } from "./index.js";

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 14));

it("multiplies the smallest by how many there are, the next by one less, and never falls", () => {
  // In order: 0.005 · 4, 0.01 · 3, 0.03 · 2 = 0.06, and 0.04 · 1, which 0.06 before it raises.
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual(close([0.03, 0.06, 0.06, 0.02]));
});

it("is what statsmodels gives", () => {
  for (const { p, adjusted } of scipy.holm) expect(holm(p)).toEqual(close(adjusted));
});

it("rejects what Holm's steps reject, at any level", () => {
  /** From the smallest p on, while it is at most the level over how many are left. */
  function rejected(pValues: readonly number[], level: number): boolean[] {
    const ascending = pValues.toSorted((a, b) => a - b);
    const stop = ascending.findIndex((p, i) => p > level / (pValues.length - i));
    const least = stop < 0 ? Infinity : (ascending[stop] as number);
    return pValues.map((p) => p < least);
  }
  // Levels that no multiple of a thousandth meets.
  const level = fc.integer({ min: 0, max: 998 }).map((thousandths) => (thousandths + 0.03) / 1000);
  const pValues = fc.array(fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000));
  fc.assert(
    fc.property(pValues, level, (each, at) => {
      expect(holm(each).map((p) => p <= at)).toEqual(rejected(each, at));
    }),
  );
});

it("a p that is NaN stays so, and counts", () => {
  expect(holm([Number.NaN, 0, 0.3, Number.NaN])).toEqual([Number.NaN, 0, expect.closeTo(0.9, 14), Number.NaN]);
});

it("one p is its own, and none are none", () => {
  expect(holm([0.04])).toEqual([0.04]);
  expect(holm([])).toEqual([]);
});
