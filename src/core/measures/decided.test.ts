import { expect, it } from "vitest";
import { confusionOf, NEAR_CONSTANT, perhapsConstantAnswer, probabilitySpread } from "./decided.js";
import { constantAnswer, decisionErrors, swapEffect } from "./index.js";

const DECISIONS = [1, 1, 0, 0, 0];
const TARGETS = [1, 0, 0, 0, 1];

it("decisions are counted beside what is true", () => {
  expect(confusionOf(DECISIONS, TARGETS)).toEqual({ trueYes: 1, falseYes: 1, trueNo: 2, falseNo: 1 });
});

it("an error stands beside those of always one answer", () => {
  expect(decisionErrors(DECISIONS, TARGETS)).toEqual({ error: 2 / 5, alwaysYes: 3 / 5, alwaysNo: 2 / 5 });
  const no = [0, 0, 0, 0, 0];
  expect(decisionErrors(no, TARGETS).error).toBe(decisionErrors(no, TARGETS).alwaysNo);
});

it("one answer for all is named", () => {
  expect(constantAnswer([0, 0])).toBe("no");
  expect(constantAnswer(Uint8Array.of(1))).toBe("yes");
  expect(constantAnswer([0, 1])).toBeUndefined();
  expect(() => constantAnswer([])).toThrow("decisions must hold at least 1 number, not 0");
});

it("an error tells whether there may be one answer for all", () => {
  expect(perhapsConstantAnswer(2 / 5, TARGETS)).toBe("no");
  expect(perhapsConstantAnswer(3 / 5, TARGETS)).toBe("yes");
  expect(perhapsConstantAnswer(1 / 5, TARGETS)).toBeUndefined();
  // Fractions are rounded: 1 − 4/5 is not quite 1/5.
  expect(perhapsConstantAnswer(1 - 4 / 5, [1, 0, 0, 0, 0])).toBe("no");
  // Who is wrong on half may have given either.
  expect(perhapsConstantAnswer(1 / 2, [1, 0])).toBe("no");
});

it("probabilities lie apart by their standard deviation", () => {
  expect(probabilitySpread([0.2, 0.4])).toBeCloseTo(0.1, 14);
  expect(probabilitySpread([0.3, 0.3])).toBe(0);
  expect(probabilitySpread([0.5, 0.501])).toBeLessThan(NEAR_CONSTANT);
});

it("swapping is counted by decisions and by probabilities", () => {
  const answers = { probabilities: [0.9, 0.5, 0.2], holds: [1, 1, 0] };
  const swapped = { probabilities: [0.8, 0.3, 0.2], holds: [1, 0, 0] };
  expect(swapEffect(answers, answers)).toEqual({ changed: 0, meanChange: 0 });
  expect(swapEffect(answers, swapped)).toEqual({ changed: 1 / 3, meanChange: expect.closeTo(0.1, 14) });
  expect(() => swapEffect(answers, { probabilities: [0.1], holds: [0] })).toThrow(
    "answers are of 3 pairs and swapped of 1: give both of the same pairs",
  );
});
