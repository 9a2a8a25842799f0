import { expect, test } from "vitest";
import { rowsThatFit } from "./rows.js";

const rows = [1, 2, 3, 4, 5, 6];
const isEven = (row: number) => row % 2 === 0;

test("all rows are shown where they fit, under way or not", () => {
  expect(rowsThatFit(rows, 6, isEven)).toEqual(rows);
  expect(rowsThatFit(rows, 20, isEven)).toEqual(rows);
});

test("else those under way, with a line left for the sum", () => {
  expect(rowsThatFit(rows, 5, isEven)).toEqual([2, 4, 6]);
  expect(rowsThatFit(rows, 3, isEven)).toEqual([2, 4]);
  expect(rowsThatFit(rows, 5, () => false)).toEqual([]);
});

test("a terminal without room shows only the sum", () => {
  for (const room of [1, 0, -3]) expect(rowsThatFit(rows, room, isEven)).toEqual([]);
});
