import { expect, test } from "vitest";
import { afterStep, chosenOf, halvingSteps, nextStep, type TriedCandidate } from "./halving.js";

const candidates = (...errors: number[][]): TriedCandidate[] =>
  errors.map((each, i) => ({ settings: { learningRate: i + 1 }, errors: each }));

test("half go on from step to step, the middle one of odd ones too", () => {
  expect(halvingSteps(8)).toEqual([8, 4, 2]);
  expect(halvingSteps(16)).toEqual([16, 8, 4, 2]);
  expect(halvingSteps(7)).toEqual([7, 4, 2]);
  expect(halvingSteps(5)).toEqual([5, 3, 2]);
  expect(halvingSteps(2)).toEqual([2]);
  expect(halvingSteps(1)).toEqual([]);
});

test("from the first round to the one that is left", () => {
  let five = candidates([], [], [], [], []);
  expect(nextStep(five)).toEqual([0, 1, 2, 3, 4]);
  five = afterStep(five, [0.3, 0.1, 0.5, 0.2, 0.4]);
  expect(nextStep(five)).toEqual([0, 1, 3]);
  // The first was the worst of the three, and is now the best: means 0.2, 0.3 and 0.225.
  five = afterStep(five, [0.1, 0.5, 0.25]);
  expect(nextStep(five)).toEqual([0, 3]);
  expect(() => chosenOf(five)).toThrow("2 candidates are left");
  five = afterStep(five, [0.3, 0.1]);
  expect(nextStep(five)).toEqual([]);
  expect(chosenOf(five)).toBe(3);
  expect(five.map(({ errors }) => errors)).toEqual([[0.3, 0.1, 0.3], [0.1, 0.5], [0.5], [0.2, 0.25, 0.1], [0.4]]);
});

test("one that fell out does not come back, however low its error was", () => {
  expect(chosenOf(candidates([0.01, 0.9], [0.02, 0.03, 0.5], [0.3], [0.02, 0.03, 0.4]))).toBe(3);
});

test("of equal candidates the earlier goes on, whatever the order of their errors", () => {
  expect(nextStep(candidates([0.2], [0.2], [0.2], [0.2]))).toEqual([0, 1]);
  expect(0.1 + 0.2 + 0.3).not.toBe(0.3 + 0.2 + 0.1);
  expect(chosenOf(candidates([0.1, 0.2, 0.3], [0.3, 0.2, 0.1]))).toBe(0);
});

test("a single candidate is chosen without a round", () => {
  expect(nextStep(candidates([]))).toEqual([]);
  expect(chosenOf(candidates([]))).toBe(0);
});

test("one that diverged is never chosen: the better of the others is, however few rounds it had", () => {
  const none = Number.NaN;
  expect(nextStep(candidates([none], [0.4], [none], [0.3]))).toEqual([1, 3]);
  expect(chosenOf(candidates([none], [0.4], [none], [none]))).toBe(1);
  expect(nextStep(candidates([none], [0.4], [none], [none]))).toEqual([]);
  // Both of the last step diverged in it: of those that fell out before, the one with more rounds, then the lower error.
  expect(chosenOf(candidates([0.1, none], [0.2, none], [0.5], [0.4]))).toBe(3);
  expect(chosenOf(candidates([0.1, 0.2, none], [0.2, 0.2, none], [0.3, 0.6], [0.4]))).toBe(2);
  // Without any, the first, which has the network's own settings.
  expect(chosenOf(candidates([none], [none], [none]))).toBe(0);
  expect(afterStep(candidates([], []), [none, 0.2]).map(({ errors }) => errors)).toEqual([[none], [0.2]]);
});
