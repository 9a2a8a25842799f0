import { expect, test } from "vitest";
import { noBetterSentences, oneAnswer, oneAnswerSentence } from "./one-answer.js";

const DIVERGED = { epoch: 1, step: 3, what: "loss" } as const;
/** A run for each round: its wrong decisions, and how many of its 100 pairs have the answer yes. */
const rounds = (...each: readonly (readonly [wrong: number, yes: number])[]) =>
  each.map(([wrong, yes], seed) => ({ seed, testError: wrong / 100, answers: { yes, no: 100 - yes } }));

test("the better answer is the one that is right more often over all rounds", () => {
  expect(
    oneAnswer([
      { yes: 60, no: 40 },
      { yes: 45, no: 55 },
    ]),
  ).toEqual({ always: "yes", errors: [0.4, 0.55] });
  expect(oneAnswer([{ yes: 1, no: 9 }])).toEqual({ always: "no", errors: [0.1] });
  expect(oneAnswer([{ yes: 5, no: 5 }])).toEqual({ always: "one answer", errors: [0.5] });
  expect(oneAnswerSentence([{ yes: 5, no: 5 }], "validation")).toBe(
    "Always one answer is wrong on 50.0% of the validation pairs.",
  );
});

test("networks that do no better are named together, by the answer that they are set beside", () => {
  const sentences = noBetterSentences(
    [
      { title: "MLP", runs: rounds([31, 70], [32, 70], [29, 70]) },
      { title: "simple CNN", runs: rounds([40, 70], [45, 70], [31, 70]) },
      { title: "one-by-one", runs: rounds([10, 70], [12, 70], [11, 70]) },
      { title: "matching", runs: rounds([22, 20], [23, 20], [24, 20]) },
    ],
    0,
  );
  expect(sentences).toEqual([
    "MLP and simple CNN do no better than always yes, which is wrong on 30.0% of the test pairs.",
    "matching does no better than always no, which is wrong on 20.0% of the test pairs.",
  ]);
});

test("a lower error whose interval reaches that of one answer is not shown to be better", () => {
  const runs = rounds([25, 70], [31, 70], [28, 70]);
  expect(noBetterSentences([{ title: "MLP", runs }], 0, "validation")).toEqual([
    "MLP is not shown to do better than always yes, which is wrong on 30.0% of the validation pairs.",
  ]);
  // Errors differ more than their distances from what one answer makes of the same pairs.
  expect(noBetterSentences([{ title: "MLP", runs: rounds([10, 80], [25, 65], [39, 50]) }], 0)).toEqual([]);
});

test("a single round has the interval of its own pairs", () => {
  const sentence = (wrong: number) => noBetterSentences([{ title: "MLP", runs: rounds([wrong, 50]) }], 0);
  expect(sentence(45)).toEqual([
    "MLP is not shown to do better than always one answer, which is wrong on 50.0% of the test pairs.",
  ]);
  // Wilson's interval of 30 in 100 ends at 39.6%.
  expect(sentence(30)).toEqual([]);
});

test("errors that are those of a constant answer in every round are named where nobody counted the answers, whichever answer that is", () => {
  const runs = rounds([30, 70], [65, 65]);
  const last = (said: "yes" | "no" | null) =>
    noBetterSentences(
      [{ title: "MLP", runs: runs.map((run, round) => (round === 0 ? { ...run, constantAnswer: said } : run)) }],
      0,
    ).at(-1);
  const named = (...each: readonly (readonly [number, number])[]) =>
    noBetterSentences([{ title: "MLP", runs: rounds(...each) }], 0).at(-1);
  const exactly =
    "The error of MLP is in every round exactly that of one and the same answer to every pair. pairlab evaluate RUN says whether a run gives only one.";
  expect(named([50, 50], [50, 50])).toBe(exactly);
  expect(named([30, 70], [65, 65])).toBe(exactly);
  expect(named([30, 70], [36, 65])).toMatch(/^MLP does no better/);
  // One round says that it gives both.
  expect(last("yes")).toBe(exactly);
  expect(last(null)).toMatch(/^MLP does no better/);
});

test("rounds that diverged and runs that were not counted say nothing", () => {
  expect(noBetterSentences([{ title: "MLP", runs: [{ seed: 0, testError: 0.9 }] }], 0)).toEqual([]);
  const runs = [
    { seed: 7, testError: Number.NaN, answers: { yes: 50, no: 50 }, diverged: DIVERGED },
    ...rounds([1, 50], [2, 50]),
  ];
  expect(noBetterSentences([{ title: "MLP", runs }], 0)).toEqual([]);
});

test("a network that says the same to every pair is named as such first", () => {
  const constant = rounds([30, 70], [35, 65]).map((run) => ({ ...run, constantAnswer: "yes" as const }));
  expect(noBetterSentences([{ title: "MLP", runs: constant }], 0, "validation")).toEqual([
    "MLP says yes to every validation pair in every round.",
    "MLP does no better than always yes, which is wrong on 32.5% of the validation pairs.",
  ]);
});
