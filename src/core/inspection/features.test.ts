import { expect, test } from "vitest";
import { nearestNeighbours } from "./features.js";

const features = (...rows: readonly (readonly number[])[]) => ({
  count: rows.length,
  width: rows[0]?.length ?? 0,
  rows: Float32Array.from(rows.flat()),
});

test("neighbours are those at the least angle, whatever their length", () => {
  const four = features([1, 0], [0, 3], [10, 10], [-2, 0]);
  const [first, second, third] = nearestNeighbours(four, 0, 3);
  expect(first).toEqual({ index: 2, similarity: expect.closeTo(Math.SQRT1_2, 12) });
  expect(second).toEqual({ index: 1, similarity: 0 });
  expect(third).toEqual({ index: 3, similarity: -1 });
});

test("of equal ones the earlier is first, and a row of zeros is like none", () => {
  const rows = features([1, 0], [0, 0], [2, 0], [3, 0]);
  expect(nearestNeighbours(rows, 0, 2).map(({ index }) => index)).toEqual([2, 3]);
  expect(nearestNeighbours(rows, 1, 9).map(({ similarity }) => similarity)).toEqual([0, 0, 0]);
});

test.each<[unknown, number, string]>([
  [undefined, 1, "features is missing: it must be an object"],
  [{}, 1, "features.count is missing"],
  [{ count: 2, width: 2, rows: new Float32Array(3) }, 1, "features.rows has 3 numbers, not count × width = 4"],
  [features([1], [2]), 1.5, "most must be a whole number"],
  [features([1], [2]), -1, "most must be a whole number"],
])("%j with %d neighbours is refused", (given, most, message) => {
  expect(() => nearestNeighbours(given as never, 0, most)).toThrow(message);
});

test.each([-1, 2, 0.5, Number.NaN])("there is no row %d of two", (row) => {
  expect(() => nearestNeighbours(features([1], [2]), row, 1)).toThrow("there are 2 rows");
});
