import { describe, expect, test } from "vitest";
import { comparisonSentence } from "./sentence.js";

const found = {
  a: "weight-sharing",
  b: "simple-cnn",
  mean: -0.02,
  ci95: [-0.029, -0.011],
  pHolm: 0.0004,
  rounds: 12,
} as const;

const CASES: readonly [is: string, sentence: string, expected: string][] = [
  [
    "a difference that is shown",
    comparisonSentence(found, { rounds: 30, comparisons: 10 }),
    "weight sharing lowers test error by 2.0 points [1.1, 2.9] against simple CNN (n = 30, p < 0.001, Holm-corrected over 10 pairs).",
  ],
  [
    "one pair, which needs no correction",
    comparisonSentence(found, { rounds: 30, comparisons: 1 }),
    "weight sharing lowers test error by 2.0 points [1.1, 2.9] against simple CNN (n = 30, p < 0.001).",
  ],
  [
    "the second that is better, which then comes first",
    comparisonSentence({ ...found, mean: 0.02, ci95: [0.011, 0.029] }, { rounds: 30, comparisons: 10 }),
    "simple CNN lowers test error by 2.0 points [1.1, 2.9] against weight sharing (n = 30, p < 0.001, Holm-corrected over 10 pairs).",
  ],
  [
    "a corrected p of exactly 5%",
    comparisonSentence({ ...found, pHolm: 0.05 }, { rounds: 30, comparisons: 10 }),
    "weight sharing lowers test error by 2.0 points [1.1, 2.9] against simple CNN (n = 30, p = 0.050, Holm-corrected over 10 pairs).",
  ],
  [
    "a difference that is shown by fewer than 30 rounds",
    comparisonSentence({ ...found, pHolm: 0.02 }, { rounds: 10, comparisons: 10 }),
    "weight sharing lowers test error by 2.0 points [1.1, 2.9] against simple CNN (n = 10, p = 0.020, Holm-corrected over 10 pairs). 10 rounds are exploratory; a claim needs 30.",
  ],
  [
    "no difference that is shown",
    comparisonSentence(
      { ...found, mean: -0.003, ci95: [-0.008, 0.002], pHolm: 0.35, rounds: 240 },
      { rounds: 30, comparisons: 10 },
    ),
    "No difference is shown between weight sharing and simple CNN: 0.30 points [−0.20, 0.80] in favour of weight sharing (n = 30, p = 0.35, Holm-corrected over 10 pairs). If that is the true difference, about 240 rounds would be enough to show it.",
  ],
  [
    "no difference that is shown, the second a little better",
    comparisonSentence(
      { ...found, mean: 0.003, ci95: [-0.002, 0.008], pHolm: 0.35, rounds: 1240 },
      { rounds: 30, comparisons: 1 },
    ),
    "No difference is shown between simple CNN and weight sharing: 0.30 points [−0.20, 0.80] in favour of simple CNN (n = 30, p = 0.35). If that is the true difference, about 1,240 rounds would be enough to show it.",
  ],
  [
    "a difference that a few more rounds would show",
    comparisonSentence({ ...found, pHolm: 0.0625, rounds: 6 }, { rounds: 6, comparisons: 1 }),
    "No difference is shown between weight sharing and simple CNN: 2.0 points [1.1, 2.9] in favour of weight sharing (n = 6, p = 0.063). If that is the true difference, a few more rounds would be enough to show it.",
  ],
  [
    "a difference too small for any number of rounds",
    comparisonSentence(
      { ...found, mean: -0.0001, ci95: [-0.005, 0.0048], pHolm: 0.97, rounds: 10_001 },
      { rounds: 30, comparisons: 1 },
    ),
    "No difference is shown between weight sharing and simple CNN: 0.01 points [−0.48, 0.50] in favour of weight sharing (n = 30, p = 0.97). If that is the true difference, even 10,000 rounds would hardly show it.",
  ],
  [
    "equal means",
    comparisonSentence(
      { ...found, mean: 0, ci95: [-0.005, 0.005], pHolm: 1, rounds: null },
      { rounds: 30, comparisons: 1 },
    ),
    "No difference is shown between weight sharing and simple CNN: 0.00 points [−0.50, 0.50] (n = 30, p = 1.00). No number of rounds would show a difference of zero.",
  ],
  [
    "too few rounds for so many pairs",
    comparisonSentence({ ...found, pHolm: 0.078 }, { rounds: 8, comparisons: 10 }),
    "8 rounds are too few to show any difference between weight sharing and simple CNN: over 10 pairs that takes at least 9 rounds. In them, the difference is 2.0 points [1.1, 2.9] in favour of weight sharing.",
  ],
  [
    "too few rounds for one pair",
    comparisonSentence({ ...found, pHolm: 0.0625 }, { rounds: 5, comparisons: 1 }),
    "5 rounds are too few to show any difference between weight sharing and simple CNN: that takes at least 6 rounds. In them, the difference is 2.0 points [1.1, 2.9] in favour of weight sharing.",
  ],
  [
    "one round",
    comparisonSentence({ ...found, ci95: null, pHolm: null, rounds: null }, { rounds: 1, comparisons: 10 }),
    "One round tests nothing, because it has no spread: its difference between weight sharing and simple CNN is 2.0 points in favour of weight sharing.",
  ],
  [
    "one round with equal errors",
    comparisonSentence({ ...found, mean: 0, ci95: null, pHolm: null, rounds: null }, { rounds: 1, comparisons: 1 }),
    "One round tests nothing, because it has no spread: its difference between weight sharing and simple CNN is 0.00 points.",
  ],
];

describe("a sentence for", () => {
  test.each(CASES)("%s", (_, sentence, expected) => {
    expect(sentence).toBe(expected);
  });
});
