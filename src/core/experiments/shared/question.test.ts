import { expect, test } from "vitest";
import type { RunConfig } from "../../training/job.js";
import { asksAsPaper, oneAnswerOf, questionFirst } from "./question.js";

const asks = (name: string) => ({
  config: { relation: "equal", dataset: { name, sha256: "5e".repeat(32) } } as RunConfig,
});

test("the question is of digits where all images are MNIST's, else of that data set's images, or of images where there are several", () => {
  expect(questionFirst([asks("MNIST")])).toBe("Is the first of two handwritten digits the same as the second? ");
  expect(questionFirst([asks("flags")])).toBe("Is the first of two images of flags the same as the second? ");
  expect(questionFirst([asks("MNIST"), asks("flags")])).toBe("Is the first of two images the same as the second? ");
});

const answered = (seed: number, yes: number, no: number, more: Partial<RunConfig> = {}) => ({
  seed,
  answers: { yes, no },
  config: { ...asks("flags").config, ...more },
});

test("one answer is worth what the rounds' own pairs say, each round once", () => {
  expect(oneAnswerOf([answered(0, 10, 90), answered(0, 10, 90), answered(1, 10, 90)])).toEqual([
    "Always no is wrong on 10.0% of the test pairs.",
  ]);
  const rounds = [answered(0, 60, 40), answered(0, 60, 40), answered(1, 70, 30, { evaluateOn: "test" })];
  expect(oneAnswerOf(rounds.slice(0, 2))).toEqual(["Always yes is wrong on 40.0% of the test pairs."]);
  const validation = [0, 1].map((seed) => answered(seed, 60 + 10 * seed, 40 - 10 * seed, { evaluateOn: "validation" }));
  expect(oneAnswerOf(validation)).toEqual([
    "Always yes is wrong on 35.0% of the validation pairs (30.0% to 40.0% by round).",
  ]);
});

test("balanced pairs are said to be so, unless their number is odd", () => {
  const balanced = "Every other pair has the answer yes: always one answer is wrong on half of them.";
  expect(oneAnswerOf([answered(0, 50, 50, { balance: true })])).toEqual([balanced]);
  expect(oneAnswerOf([{ config: { ...asks("flags").config, balance: true } }])).toEqual([balanced]);
  expect(oneAnswerOf([answered(0, 3, 2, { balance: true })])).toEqual([
    "Always yes is wrong on 40.0% of the test pairs.",
  ]);
});

test("nothing is said of one answer where nothing was counted, or several questions are asked", () => {
  expect(oneAnswerOf([asks("flags")])).toEqual([]);
  expect(oneAnswerOf([answered(0, 60, 40), answered(0, 40, 60, { relation: "less" })])).toEqual([]);
});

test("the paper's numbers are about MNIST's images in the paper's size, and pairs drawn as they come", () => {
  const config = { relation: "less-or-equal", dataset: { name: "MNIST", sha256: "5e".repeat(32) } } as const;
  expect(asksAsPaper(config)).toBe(true);
  const shape = { height: 28, width: 28, channels: 1, classes: 10 };
  expect(asksAsPaper({ ...config, dataset: { ...config.dataset, shape } })).toBe(false);
  for (const drawn of [{ balance: true }, { split: "classes" }, { reuse: true }] as const)
    expect(asksAsPaper({ ...config, ...drawn })).toBe(false);
});
