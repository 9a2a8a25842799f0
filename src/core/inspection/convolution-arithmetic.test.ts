import { describe, expect, test } from "vitest";
import { convolution } from "../network/index.js";
import { convolutionArithmetic, type UnitPlace } from "./convolution-arithmetic.js";

// Two channels of 2×3, one 2×2 filter after another of zeros.
const input = [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60];
const shape = { height: 2, width: 3, channels: 2 };
const weight = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0.5, 0, 0, -1];
const bias = [7, 0.25];

const arithmetic = (layer: ReturnType<typeof convolution>, unit: UnitPlace) =>
  convolutionArithmetic(input, shape, weight, bias, layer, unit);

test("bias and products add up", () => {
  const { terms, bias: own, sum } = arithmetic(convolution(2, 2), { channel: 1, row: 0, column: 1 });
  // 2·1 + 3·2 + 5·3 + 6·4 + 20·½ − 60 + ¼
  expect(sum).toBe(2 + 6 + 15 + 24 + 10 - 60 + 0.25);
  expect(own).toBe(0.25);
  expect(terms.map(({ product }) => product)).toEqual([2, 6, 15, 24, 10, 0, 0, -60]);
  expect(terms[2]).toEqual({
    ...{ channel: 0, row: 1, column: 0, inputRow: 1, inputColumn: 1, padding: false },
    ...{ input: 5, weight: 3, product: 15 },
  });
  expect(arithmetic(convolution(2, 2), { channel: 0, row: 0, column: 1 }).sum).toBe(7);
});

test("the padding is marked, and 0", () => {
  const { terms, sum } = arithmetic(convolution(2, 2, { padding: 1, stride: 2 }), { channel: 1, row: 1, column: 1 });
  // Rows 1 and 2, columns 1 and 2: the lower row is padding.
  expect(
    terms.map(({ inputRow, inputColumn, padding, input: value }) => [inputRow, inputColumn, padding, value]),
  ).toEqual([
    [1, 1, false, 5],
    [1, 2, false, 6],
    [2, 1, true, 0],
    [2, 2, true, 0],
    [1, 1, false, 50],
    [1, 2, false, 60],
    [2, 1, true, 0],
    [2, 2, true, 0],
  ]);
  expect(sum).toBe(5 + 12 + 25 + 0.25);
});

describe("refused", () => {
  test.each<[string, () => unknown]>([
    [
      "no channel 2: it must be a whole number from 0 to 1",
      () => arithmetic(convolution(2, 2), { channel: 2, row: 0, column: 0 }),
    ],
    [
      "no row 1: it must be a whole number from 0 to 0",
      () => arithmetic(convolution(2, 2), { channel: 0, row: 1, column: 0 }),
    ],
    ["no column 0.5", () => arithmetic(convolution(2, 2), { channel: 0, row: 0, column: 0.5 })],
    ["weight has 2×2×1×1 = 4 values, not 16", () => arithmetic(convolution(2, 1), { channel: 0, row: 0, column: 0 })],
    [
      "input has 2×2×3 = 12 values, not 1",
      () => convolutionArithmetic([1], shape, weight, bias, convolution(2, 2), { channel: 0, row: 0, column: 0 }),
    ],
  ])("%s", (message, request) => {
    expect(request).toThrow(message);
  });
});
