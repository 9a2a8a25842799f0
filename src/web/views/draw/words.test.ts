import { expect, test } from "vitest";
import { relationNamed } from "../../../core/data/relations.js";
import { answerSentence, beliefSentence, inWords, majority, spoken, sureness } from "./words.js";

const sure = (digit: number) => Float32Array.from({ length: 10 }, (_, k) => (k === digit ? 0.91 : 0.01));
const says = (first: number, second: number, holds = first <= second) => ({
  holds,
  probability: holds ? 0.9 : 0.1,
  beliefs: [sure(first), sure(second)] as const,
});

const ASKED = relationNamed("less-or-equal");

test("names the digits where they are learned", () => {
  expect(inWords(says(3, 7), ASKED)).toBe("3 ≤ 7");
  expect(inWords(says(7, 3), ASKED)).toBe("7 > 3");
  expect(inWords({ holds: true }, ASKED)).toBe("first ≤ second");
  expect(inWords({ holds: false }, ASKED)).toBe("first > second");
});

test("what most say is said in digits where somebody names them", () => {
  expect(majority([says(3, 7), says(3, 1), says(3, 7)], ASKED)).toBe("3 ≤ 7");
  expect(majority([{ holds: true, probability: 1 }, says(3, 7), { holds: true, probability: 1 }], ASKED)).toBe("3 ≤ 7");
  expect(majority([{ holds: false, probability: 0 }, says(3, 7), { holds: false, probability: 0 }], ASKED)).toBe(
    "first > second",
  );
  expect(majority([{ holds: false, probability: 0 }], ASKED)).toBe("first > second");
});

test("how sure a network is: never without a rest", () => {
  expect([0.5, 0.976, 0.994, 0.995, 1].map(sureness)).toEqual([
    ...["50% sure", "98% sure", "99% sure", "more than 99% sure", "more than 99% sure"],
  ]);
});

test("the answer is one sentence, of the probability of what is said", () => {
  const yes = { decisions: [says(3, 7)], probability: 0.976 };
  expect(spoken(answerSentence("one-by-one", yes, ASKED))).toBe("one-by-one says: 3 ≤ 7, and is 98% sure");
  const no = { decisions: [{ holds: false, probability: 0.1 }], probability: 0.1 };
  expect(spoken(answerSentence("mlp", no, ASKED))).toBe("mlp says: first > second, and is 90% sure");
});

test("classes have their names where they have some", () => {
  const nameOf = (number: number) => `c${number}`;
  const yes = { decisions: [says(3, 7)], probability: 0.976 };
  expect(majority(yes.decisions, ASKED, nameOf)).toBe("c3 ≤ c7");
  expect(spoken(answerSentence("one-by-one", yes, ASKED, nameOf))).toBe("one-by-one says: c3 ≤ c7, and is 98% sure");
});

test("what one digit is taken for, and what is to be done", () => {
  expect(spoken(beliefSentence("quick", sure(3), 0))).toBe(
    "quick takes the first digit for 3, and is 91% sure. Draw the second digit.",
  );
  expect(beliefSentence("quick", sure(7), 1).after).toMatch(/Draw the first digit\.$/);
  expect(spoken({ before: "Draw both digits." })).toBe("Draw both digits.");
});
