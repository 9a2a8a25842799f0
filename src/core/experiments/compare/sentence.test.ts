import { describe, expect, test } from "vitest";
import { roundsNeeded } from "../../statistics/index.js";
import { comparisonSentence } from "./sentence.js";

const found = {
  a: "weight-sharing",
  b: "simple-cnn",
  mean: -0.02,
  sd: 0.02,
  ci95: [-0.029, -0.011],
  simultaneousCi95: [-0.031, -0.008],
  pHolm: 0.0004,
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
    // 0.8 points are 0.4 standard deviations: 81 rounds over ten pairs.
    "no difference that is shown, with the interval over all pairs",
    comparisonSentence(
      { ...found, mean: -0.003, ci95: [-0.006, 0.001], simultaneousCi95: [-0.008, 0.002], pHolm: 0.35 },
      { rounds: 30, comparisons: 10 },
    ),
    `No difference is shown between weight sharing and simple CNN: 0.30 points [−0.20, 0.80] in favour of weight sharing (n = 30, p = 0.35, Holm-corrected over 10 pairs; the interval is over all of them together). To show one takes about ${roundsNeeded({ mean: 0.008, sd: 0.02, comparisons: 10 })} rounds if the true difference is 0.80 points, the far end of the interval, and more if it is smaller.`,
  ],
  [
    "no difference that is shown by itself alone",
    comparisonSentence(
      { ...found, ci95: [-0.038, -0.001], simultaneousCi95: [-0.045, 0.008], pHolm: 0.2 },
      { rounds: 10, comparisons: 10 },
    ),
    "No difference is shown between weight sharing and simple CNN: 2.0 points [−0.8, 4.5] in favour of weight sharing (n = 10, p = 0.20, Holm-corrected over 10 pairs; the interval is over all of them together). To show one takes a few more rounds if the true difference is 4.5 points, the far end of the interval, and more if it is smaller.",
  ],
  [
    "no difference that is shown, the second a little better",
    comparisonSentence(
      { ...found, mean: 0.003, ci95: [-0.002, 0.008], simultaneousCi95: [-0.002, 0.008], pHolm: 0.35 },
      { rounds: 30, comparisons: 1 },
    ),
    `No difference is shown between simple CNN and weight sharing: 0.30 points [−0.20, 0.80] in favour of simple CNN (n = 30, p = 0.35). To show one takes about ${roundsNeeded({ mean: 0.008, sd: 0.02 })} rounds if the true difference is 0.80 points, the far end of the interval, and more if it is smaller.`,
  ],
  [
    "equal means, which may differ too",
    comparisonSentence(
      { ...found, mean: 0, ci95: [-0.005, 0.005], simultaneousCi95: [-0.005, 0.005], pHolm: 1 },
      { rounds: 30, comparisons: 1 },
    ),
    `No difference is shown between weight sharing and simple CNN: 0.00 points [−0.50, 0.50] (n = 30, p = 1.00). To show one takes about ${roundsNeeded({ mean: 0.005, sd: 0.02 })} rounds if the true difference is 0.50 points, the far end of the interval, and more if it is smaller.`,
  ],
  [
    "differences that are all 0, which have no interval",
    comparisonSentence(
      { ...found, mean: 0, sd: 0, ci95: null, simultaneousCi95: null, pHolm: 1 },
      { rounds: 30, comparisons: 1 },
    ),
    "No difference is shown between weight sharing and simple CNN: 0.00 points (n = 30, p = 1.00).",
  ],
  [
    "too few rounds for so many pairs, which bound no difference over all of them",
    comparisonSentence({ ...found, simultaneousCi95: null, pHolm: 0.078 }, { rounds: 8, comparisons: 10 }),
    "8 rounds are too few to show any difference between weight sharing and simple CNN: over 10 pairs that takes at least 9 rounds. In them, the difference is 2.0 points in favour of weight sharing.",
  ],
  [
    "too few rounds for one pair",
    comparisonSentence({ ...found, ci95: null, simultaneousCi95: null, pHolm: 0.0625 }, { rounds: 5, comparisons: 1 }),
    "5 rounds are too few to show any difference between weight sharing and simple CNN: that takes at least 6 rounds. In them, the difference is 2.0 points in favour of weight sharing.",
  ],
  [
    "one round",
    comparisonSentence({ ...found, ci95: null, simultaneousCi95: null, pHolm: null }, { rounds: 1, comparisons: 10 }),
    "One round tests nothing, because it has no spread: its difference between weight sharing and simple CNN is 2.0 points in favour of weight sharing.",
  ],
  [
    "one round with equal errors",
    comparisonSentence(
      { ...found, mean: 0, ci95: null, simultaneousCi95: null, pHolm: null },
      { rounds: 1, comparisons: 1 },
    ),
    "One round tests nothing, because it has no spread: its difference between weight sharing and simple CNN is 0.00 points.",
  ],
];

describe("a sentence for", () => {
  test.each(CASES)("%s", (_, sentence, expected) => {
    expect(sentence).toBe(expected);
  });
});
