import { expect, test } from "vitest";
import { relationNamed } from "../../../core/data/relations.js";
import { verdictWords } from "./verdict-words.js";

const sure = (digit: number) => Float32Array.from({ length: 10 }, (_, k) => (k === digit ? 0.91 : 0.01));
const ASKED = relationNamed("less-or-equal");

const words = (
  taken: readonly [number, number] | undefined,
  holds: boolean,
  classes: readonly [number, number] | undefined,
  relation = ASKED,
) =>
  verdictWords({
    decision: { holds, ...(taken && { beliefs: [sure(taken[0]), sure(taken[1])] as const }) },
    truth: classes && { classes, holds: relation.holds(...classes) },
    ...{ relation, nameOf: String, isDigits: true },
  });

test("a right answer of wrong digits is said to be one", () => {
  expect(words([7, 7], true, [2, 7])).toEqual({
    says: "It takes them for 7 and 7, and says 7 ≤ 7: yes.",
    truth: "They are 2 and 7: yes, 2 ≤ 7.",
    judgement: "The answer is right, but one digit is wrong.",
    isRight: true,
  });
  expect(words([1, 1], true, [2, 7]).judgement).toBe("The answer is right, the digits are not.");
  expect(words([2, 7], true, [2, 7]).judgement).toBe("The answer is right, and so are the digits.");
});

test("so is a wrong one", () => {
  expect(words([7, 3], false, [7, 8])).toEqual({
    says: "It takes them for 7 and 3, and says 7 ≤ 3: no.",
    truth: "They are 7 and 8: yes, 7 ≤ 8.",
    judgement: "The answer is wrong, and so is one digit.",
    isRight: false,
  });
  expect(words([9, 3], false, [7, 8]).judgement).toBe("The answer is wrong, and so are the digits.");
  const own = words([7, 8], false, [7, 8]);
  expect(own.judgement).toBe("The answer is wrong, the digits are right.");
  expect(own.says).toBe("It takes them for 7 and 8, and says 7 ≤ 8: no. Its answer does not follow from these.");
});

test("a network that names no digits, and a drawn pair", () => {
  expect(words(undefined, false, [2, 7])).toEqual({
    says: "It says no: first > second.",
    truth: "They are 2 and 7: yes, 2 ≤ 7.",
    judgement: "The answer is wrong.",
    isRight: false,
  });
  expect(words([3, 7], true, undefined)).toEqual({ says: "It takes them for 3 and 7, and says 3 ≤ 7: yes." });
});

test("other questions, classes with names, and lists, of which no class says the answer", () => {
  const sum = relationNamed("sum-at-least-10");
  expect(words([3, 5], false, [3, 5], sum).says).toBe("It takes them for 3 and 5, and says 3 + 5 ≥ 10: no.");
  expect(words([3, 5], false, [3, 5], sum).truth).toBe("They are 3 and 5: no, 3 + 5 < 10.");
  const listed = { relation: relationNamed("listed-match"), nameOf: (k: number) => `c${k}`, isDigits: false };
  const decision = { holds: true, beliefs: [sure(1), sure(2)] as const };
  expect(verdictWords({ ...listed, decision, truth: { classes: [1, 2], holds: true } })).toMatchObject({
    says: "It takes them for c1 and c2, and says c1 matches c2: yes.",
    judgement: "The answer is right, and so are the classes.",
  });
  expect(verdictWords({ ...listed, decision: { holds: true }, truth: { holds: false } })).toEqual({
    says: "It says yes: first matches second.",
    truth: "The right answer is no: first does not match second.",
    judgement: "The answer is wrong.",
    isRight: false,
  });
});
