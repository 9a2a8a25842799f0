import { describe, expect, test } from "vitest";
import { lessOrEqual } from "../data/index.js";
import { decisionOf } from "./decision.js";

describe("a head decides", () => {
  test("by its larger logit, and its probability is their softmax", () => {
    const { probability, holds } = decisionOf({ answer: [1, 1 + Math.log(3)] }, lessOrEqual);
    expect(probability).toBeCloseTo(0.75, 12);
    expect(holds).toBe(true);
    expect(decisionOf({ answer: [1000, 0] }, lessOrEqual)).toEqual({ probability: 0, holds: false });
  });

  test("that the relation does not hold where both are equal, as an evaluation counts it", () => {
    expect(decisionOf({ answer: [2, 2] }, lessOrEqual)).toEqual({ probability: 0.5, holds: false });
  });

  test("whatever its digits say", () => {
    const { holds, beliefs } = decisionOf(
      {
        answer: [0, 9],
        digits: [
          [0, 9],
          [9, 0],
        ],
      },
      lessOrEqual,
    );
    expect(holds).toBe(true);
    expect(beliefs?.[0]?.[1]).toBeCloseTo(1 / (1 + Math.exp(-9)), 6);
  });
});

describe("without a head", () => {
  test("the likeliest digits are compared, and the probability is that of all pairs of digits", () => {
    // p = (½, ¼, ¼), q = (½, ½, 0): P(a ≤ b) = ½ · 1 + ¼ · ½ + ¼ · 0.
    const p = [Math.log(2), 0, 0];
    const q = [0, 0, -1000];
    const { probability, holds, beliefs } = decisionOf({ digits: [p, q] }, lessOrEqual);
    expect(probability).toBeCloseTo(0.625, 12);
    expect(holds).toBe(true);
    expect(beliefs).toEqual([Float32Array.of(0.5, 0.25, 0.25), Float32Array.of(0.5, 0.5, 0)]);
  });

  test("the decision may go against the probability", () => {
    // p = (0.3, 0.3, 0.4), q = (0, 1, 0): the likeliest are 2 and 1, and P(a ≤ b) = 0.6.
    const { probability, holds } = decisionOf(
      {
        digits: [
          [Math.log(3), Math.log(3), Math.log(4)],
          [-1000, 0, -1000],
        ],
      },
      lessOrEqual,
    );
    expect(probability).toBeCloseTo(0.6, 12);
    expect(holds).toBe(false);
  });

  test("another relation is summed over where it holds", () => {
    const equal = { name: "equal", holds: (first: number, second: number) => first === second };
    const even = [0, 0];
    expect(decisionOf({ digits: [even, even] }, equal)).toMatchObject({ probability: 0.5, holds: true });
  });
});
