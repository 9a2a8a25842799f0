import { expect, test } from "vitest";
import { curvesOf } from "./curves.js";

const result = (epoch: number, trainLoss: number) => ({
  epoch,
  trainLoss,
  testLoss: 2 * trainLoss,
  trainAccuracy: 0.5,
  testAccuracy: 0.25,
});

test("an epoch's mean and deviation are of the rounds that have come to it", () => {
  const curves = curvesOf([[result(1, 3), result(2, 1)], [result(1, 5)]]);
  expect(curves.epoch).toEqual([1, 2]);
  expect(curves.trainLoss).toEqual({ mean: [4, 1], sd: [Math.SQRT2, null] });
  expect(curves.testLoss.mean).toEqual([8, 2]);
});

test("without a round there is nothing", () => {
  expect(curvesOf([]).epoch).toEqual([]);
});

test("runs that are evaluated only at the end have one epoch", () => {
  expect(curvesOf([[result(25, 1)], [result(25, 1)]])).toMatchObject({ epoch: [25], trainLoss: { sd: [0] } });
});
