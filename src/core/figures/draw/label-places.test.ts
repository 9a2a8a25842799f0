import { expect, test } from "vitest";
import { alongLines, clearestPlace } from "./label-places.js";

const box = (left: number, top: number) => ({ left, right: left + 10, top, bottom: top + 10 });

test("points lie on the lines between points, no further apart than the step", () => {
  expect(
    alongLines([
      { x: 0, y: 0 },
      { x: 4, y: 2 },
      { x: 4, y: 1 },
    ]),
  ).toEqual([
    { x: 0, y: 0 },
    { x: 2, y: 1 },
    { x: 4, y: 2 },
    { x: 4, y: 1 },
  ]);
});

test("a label stands where it covers least, and first where it makes no difference", () => {
  const points = [
    { x: 5, y: 5 },
    { x: 6, y: 5 },
    { x: 25, y: 5 },
  ];
  expect(clearestPlace([box(0, 0), box(20, 0), box(40, 0)], points, [])).toBe(2);
  expect(clearestPlace([box(0, 0), box(20, 0)], points, [])).toBe(1);
  expect(clearestPlace([box(60, 0), box(40, 0)], points, [])).toBe(0);
});

test("never on another label where there is a choice", () => {
  const points = Array.from({ length: 99 }, () => ({ x: 25, y: 5 }));
  expect(clearestPlace([box(0, 0), box(20, 0)], points, [box(5, 5)])).toBe(1);
});
