import { expect, test } from "vitest";
import { adjustedShare } from "./least-squares.js";

const x = [0, 1, 2, 3, 4, 5];

test("a line and a parabola are explained wholly", () => {
  expect(
    adjustedShare(
      [x],
      x.map((v) => 3 - 2 * v),
    ),
  ).toBeCloseTo(1, 12);
  expect(
    adjustedShare(
      [x, x.map((v) => v * v)],
      x.map((v) => 1 + v - 4 * v * v),
    ),
  ).toBeCloseTo(1, 12);
});

test("adjusted R² of a line through four points, by hand", () => {
  const [at, values] = [
    [0, 1, 2, 3],
    [1, 1, 3, 3],
  ];
  // Means 1.5 and 2; slope = Σ(x − 1.5)(y − 2) / Σ(x − 1.5)² = 4 / 5; R² = 0.8 · 4 / 4 = 0.8.
  expect(adjustedShare([at], values)).toBeCloseTo(1 - (0.2 * 3) / 2, 12);
});

test("columns that repeat others explain no more and cost no degree of freedom", () => {
  const values = [1, 3, 2, 5, 4, 6];
  const alone = adjustedShare([x], values) as number;
  expect(adjustedShare([x, x.map((v) => 2 * v + 7), x.map(() => 1)], values)).toBeCloseTo(alone, 12);
});

test("a column's unit changes nothing", () => {
  const values = [1, 3, 2, 5, 4, 6];
  const alone = adjustedShare([x], values) as number;
  for (const unit of [1e-9, 1e9])
    expect(adjustedShare([x.map((v) => unit * v), x.map((v) => 3 * unit * v)], values)).toBeCloseTo(alone, 12);
});

test("chance explains nothing on average, and too few values tell nothing", () => {
  expect(adjustedShare([[1, -1, 1, -1]], [1, 1, -1, -1])).toBeCloseTo(-0.5, 12);
  expect(adjustedShare([[0, 1, 3]], [1, 2, 2])).toBeDefined();
  expect(adjustedShare([[0, 1]], [1, 2])).toBeUndefined();
  expect(adjustedShare([x], [2, 2, 2, 2, 2, 2])).toBeUndefined();
  expect(adjustedShare([], [])).toBeUndefined();
  expect(adjustedShare([], [1, 2, 3])).toBeCloseTo(0, 12);
});
