import { expect, test } from "vitest";
import { expectSame } from "../../bench/check.js";

const first = { start: 2.5, trained: 1.5 };

test("rounding is no difference", () => {
  expect(() => expectSame("one", { start: 2.5 * (1 + 9e-6), trained: 1.5 * (1 - 1.9e-4) }, first)).not.toThrow();
});

test.each([
  ["another loss", { ...first, start: 2.5 * (1 + 1.1e-5) }, "one does not do the same work: from the same weights"],
  ["other gradients", { ...first, trained: 1.5 * (1 + 2.1e-4) }, "one does not do the same work: after 5 steps"],
  ["no number", { ...first, start: Number.NaN }, "its loss is NaN, and pairlab's is 2.5"],
])("%s stops the race and names who differs", (_, own, message) => {
  expect(() => expectSame("one", own, first)).toThrow(message);
});
