import { expect, test } from "vitest";
import { curvePoints } from "./points.js";
import { epochTicks, formatLoss } from "./ticks.js";

test("a band stays within what values can be", () => {
  const accuracies = { mean: [0.99, 0.5], sd: [0.02, 0.01] };
  expect(curvePoints([1, 2], accuracies, { lowest: 0, highest: 100 }, 100)).toEqual([
    { epoch: 1, mean: 99, low: 97, high: 100 },
    { epoch: 2, mean: 50, low: 49, high: 51 },
  ]);
  const losses = { mean: [0.01], sd: [0.04] };
  expect(curvePoints([1], losses, { lowest: 0, highest: Number.POSITIVE_INFINITY })[0]?.low).toBe(0);
});

test("without a deviation there is no band, and without a number no point", () => {
  const curve = { mean: [0.5, Number.POSITIVE_INFINITY, 1e308], sd: [null, 1, 1e308] };
  const nowhere = { low: Number.NaN, high: Number.NaN };
  expect(curvePoints([1, 2, 3], curve, { lowest: 0, highest: Number.POSITIVE_INFINITY })).toEqual([
    { epoch: 1, mean: 0.5, ...nowhere },
    { epoch: 2, mean: Number.NaN, ...nowhere },
    { epoch: 3, mean: 1e308, ...nowhere },
  ]);
});

test("epochs are marked at the first and at round numbers", () => {
  expect(epochTicks(1, 1)).toEqual([1]);
  expect(epochTicks(25, 25)).toEqual([25]);
  expect(epochTicks(1, 3)).toEqual([1, 2, 3]);
  expect(epochTicks(1, 25)).toEqual([1, 5, 10, 15, 20, 25]);
  expect(epochTicks(1, 100)).toEqual([1, 20, 40, 60, 80, 100]);
  expect(epochTicks(1, 1000)).toEqual([1, 200, 400, 600, 800, 1000]);
});

test("small losses are written out, large ones with an exponent", () => {
  expect([0, 0.05, 12, 1e5, 1.5e10].map(formatLoss)).toEqual(["0", "0.05", "12", "1e5", "1.5e10"]);
});
