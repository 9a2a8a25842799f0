import { expect, test } from "vitest";
import { smallJob } from "../../../../test/support/jobs.js";
import {
  constantAnswerOf,
  constantCell,
  constantInTable,
  constantInWords,
  constantRoundsOf,
  constantSentences,
  type MayRepeat,
} from "./constant-answer.js";

const { config } = smallJob("mlp");
const DIVERGED = { epoch: 1, step: 3, what: "loss" } as const;
type Said = MayRepeat["constantAnswer"];
/** A run for each round that says this to every pair; null where it says both, undefined where nobody counted. */
const saying = (...said: readonly Said[]) =>
  said.map((constantAnswer, seed) => ({ seed, ...(constantAnswer !== undefined && { constantAnswer }) }));
const sentence = (...said: readonly Said[]) => constantSentences([{ title: "MLP", runs: saying(...said) }]);

test("a network says the same to every pair where it says yes to none or to all of them", () => {
  expect(config.testPairs).toBe(20);
  expect(constantAnswerOf({ config, testYes: 0 })).toEqual({ constantAnswer: "no" });
  expect(constantAnswerOf({ config, testYes: 20 })).toEqual({ constantAnswer: "yes" });
  expect(constantAnswerOf({ config, testYes: 19 })).toEqual({ constantAnswer: null });
  expect(constantAnswerOf({ config })).toEqual({});
});

test("what it says on all test pairs counts where that was measured", () => {
  const allTestPairs = (yes: number) => ({ allTestPairs: { pairs: 150, testError: 0.5, yes } });
  expect(constantAnswerOf({ config, testYes: 20, ...allTestPairs(149) })).toEqual({ constantAnswer: null });
  expect(constantAnswerOf({ config, ...allTestPairs(150) })).toEqual({ constantAnswer: "yes" });
  // An earlier version did not count it.
  const before = { pairs: 150, testError: 0.5 };
  expect(constantAnswerOf({ config, testYes: 20, allTestPairs: before })).toEqual({ constantAnswer: "yes" });
});

test("rounds with one answer are counted, those that diverged are not", () => {
  const lost = { seed: 9, diverged: DIVERGED };
  expect(constantRoundsOf(saying(null, undefined))).toEqual({});
  expect(constantRoundsOf([...saying("yes", "no", null, "yes"), lost])).toEqual({ constantRounds: { yes: 2, no: 1 } });
  expect(constantInTable([...saying("yes", "yes"), lost])).toBe("always yes");
  expect(constantInTable(saying("yes", "no"))).toBe("always one answer");
  expect(constantInTable(saying("no", null, null))).toBe("1 of 3 rounds");
  expect(constantInTable(saying("no", null, undefined))).toBe("at least 1 of 3 rounds");
  expect(constantInTable(saying(null, null))).toBe("");
  expect([constantCell(saying(null, undefined)), constantCell(saying(null, null))]).toEqual(["not counted", ""]);
  expect(constantInWords({ yes: 0, no: 3 }, 3)).toBe("says no to every pair");
  expect(constantInWords({ yes: 1, no: 0 }, 3)).toBe("says yes to every pair in 1 of 3 rounds");
  expect(constantInWords({ yes: 1, no: 2 }, 3)).toBe("one answer to every pair in 3 of 3 rounds");
});

test("sentences name a network that says the same to every pair, and in which rounds", () => {
  expect(sentence("no")).toEqual(["MLP says no to every test pair."]);
  expect(sentence("yes", "yes")).toEqual(["MLP says yes to every test pair in every round."]);
  expect(sentence("yes", "no", "no")).toEqual([
    "MLP says the same to every test pair of a round: yes in 1 round, no in 2 rounds.",
  ]);
  expect(sentence(null, "yes", null, "no")).toEqual([
    "MLP says the same to every test pair in 2 of 4 rounds (seed 1: yes; seed 3: no).",
  ]);
  expect(sentence("no", undefined)).toEqual([
    "MLP says the same to every test pair in at least 1 of 2 rounds (seed 0: no).",
  ]);
  expect(sentence(...Array<Said>(7).fill("no"), null)[0]).toContain(
    "(seed 0: no; seed 1: no; seed 2: no; seed 3: no; seed 4: no; and 2 more)",
  );
  expect(sentence(null, undefined)).toEqual([]);
});

test("networks of which the same is said are named together", () => {
  const of = (title: string, ...said: readonly Said[]) => ({ title, runs: saying(...said) });
  expect(
    constantSentences([of("MLP", "no", "no"), of("quick", null, null), of("best", "no", "no")], "validation"),
  ).toEqual(["MLP and best say no to every validation pair in every round."]);
});
