import { expect, test } from "vitest";
import { relationNamed } from "../../../core/data/relations.js";
import { inWords, majority } from "./words.js";

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
