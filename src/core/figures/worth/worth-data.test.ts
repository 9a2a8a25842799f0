import { expect, test } from "vitest";
import { syntheticWorth } from "../../../../test/support/worth.js";
import type { HintWorth, LadderCurve } from "../../experiments/worth/worth.js";
import { errorMarks, factorMarks, roundMarks, spreadApart, worthArrows } from "./worth-data.js";

const log = (value: number) => expect.closeTo(Math.log(value), 12);

test("errors are marked at the logarithms of pairs and error; an error of 0 as half a pair", () => {
  const point = { pairs: 1000, rounds: 2, steps: [500, 500], trainError: { mean: 0, sd: 0, ci95: null } };
  const runs = [0.1, 0].map((testError, seed) => ({ id: "", seed, trainError: 0, testError, weightsSha256: "" }));
  const curve: LadderCurve = {
    architecture: "mlp",
    title: "MLP",
    points: [
      {
        ...point,
        runs,
        testError: { mean: 0.05, sd: 0.07, ci95: [0, 0.1] },
        distribution: null,
        divergedShare: { value: 0, ci95: [0, 0.66] },
      },
    ],
  };
  expect(errorMarks(curve, 5000)).toEqual([{ x: log(1000), y: log(0.05), low: log(1e-4), high: log(0.1) }]);
  expect(roundMarks(curve, 5000)).toEqual([
    { x: log(1000), y: log(0.1) },
    { x: log(1000), y: log(1e-4) },
  ]);
});

test("an arrow goes from the pairs with the hint to those without, at the same error", () => {
  const { worth } = syntheticWorth();
  const arrows = worthArrows(worth);
  arrows.forEach(({ from, to, y, hint }, i) => {
    expect(hint).toBe(worth.hints[i]);
    expect(from).toBeCloseTo(Math.log(1000), 12);
    expect(Math.exp(to - from)).toBeCloseTo(hint.factor, 10);
    expect(Math.exp(y)).toBeCloseTo(hint.testError, 12);
  });
});

test("bounds and open ends point outwards, from the last that the sizes can tell", () => {
  const hint = {
    bySize: [
      { pairs: 100, factor: 2, ci95: [1.5, null], pairsWithout: 200 },
      { pairs: 100, factor: 40, ci95: [40, null], pairsWithout: 4000, beyond: true, bound: "lower" },
      { pairs: 400, factor: 0.25, ci95: [null, 0.5], pairsWithout: 100, beyond: true, bound: "upper" },
      { pairs: 400, factor: 3, ci95: null, pairsWithout: 1200 },
    ],
  } as unknown as HintWorth;
  expect(factorMarks(hint, [100, 4000])).toEqual([
    { x: log(100), y: log(2), low: log(1.5), high: log(40), up: true, down: false, bound: false },
    { x: log(100), y: log(40), low: log(40), high: log(40), up: true, down: false, bound: true },
    { x: log(400), y: log(0.25), low: log(0.25), high: log(0.5), up: false, down: true, bound: true },
    { x: log(400), y: log(3), low: log(3), high: log(3), up: false, down: false, bound: false },
  ]);
});

test("labels keep their distance, and stay above the lowest place", () => {
  expect(spreadApart([10, 50, 90], 16, 200)).toEqual([10, 50, 90]);
  expect(spreadApart([52, 50, 90], 16, 200)).toEqual([66, 50, 90]);
  expect(spreadApart([50, 95, 98], 16, 100)).toEqual([50, 84, 100]);
});
