import { expect, test } from "vitest";
import { nearestStop, stopAfterKey, stopsBetween } from "./stops.js";

const SIZES = [250, 500, 1000, 2500, 7500];
const stops = stopsBetween(250, 7500);

test("the handle stops at numbers of two digits, among them every size", () => {
  expect(stops.slice(0, 3)).toEqual([250, 260, 270]);
  expect(stops.slice(74, 78)).toEqual([990, 1000, 1100, 1200]);
  expect(stops.at(-1)).toBe(7500);
  expect(stops).toEqual(expect.arrayContaining(SIZES));
});

test("a place between two stops goes to the nearer by ratio, and one outside to the end", () => {
  // The geometric mean of 1,000 and 1,100 is 1,048.8.
  expect([1, 1048, 1050, 9e9].map((pairs) => nearestStop(stops, pairs))).toEqual([250, 1000, 1100, 7500]);
});

test("arrows go from stop to stop, pages from size to size, and neither beyond the ends", () => {
  const after = (key: string, pairs: number) => stopAfterKey(key, pairs, stops, SIZES);
  expect(["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"].map((key) => after(key, 1000))).toEqual([
    1100, 1100, 990, 990,
  ]);
  expect([after("PageUp", 1000), after("PageUp", 1100), after("PageDown", 1100)]).toEqual([2500, 2500, 1000]);
  expect([after("Home", 1000), after("End", 1000)]).toEqual([250, 7500]);
  expect([after("ArrowRight", 7500), after("PageDown", 250)]).toEqual([7500, 250]);
  expect(after("a", 1000)).toBeUndefined();
});
