import { describe, expect, it } from "vitest";
import { uniform } from "../../../test/support/models.js";
import { type AnsweredPairs, auc, decisionErrors, equalErrorRate, pairIntervals } from "./index.js";

type Design = (images: number) => readonly (readonly [number, number])[];

/** No image in two pairs. */
const apart: Design = (images) => Array.from({ length: images / 2 }, (_, pair) => [2 * pair, 2 * pair + 1] as const);
/** Each image in so many pairs. */
const around =
  (each: number): Design =>
  (images) =>
    Array.from({ length: images }, (_, image) => image).flatMap((image) =>
      Array.from({ length: each / 2 }, (_, step) => [image, (image + step + 1) % images] as const),
    );

/**
 * Answers that are wrong of images: some are hard, and pairs of hard images are mostly wrong.
 *
 * @param hard  how much more often a pair is wrong for each hard image
 */
function answersOf(design: Design, images: number, hard: number, next: () => number): AnsweredPairs {
  const isHard = Array.from({ length: images }, () => Number(next() < 0.3));
  const kind = Array.from({ length: images }, () => Number(next() < 0.5));
  const pairs = design(images);
  const targets = pairs.map(([a, b]) => Number(kind[a] === kind[b]));
  const decisions = pairs.map(([a, b], pair) => {
    const isWrong = next() < 0.05 + hard * ((isHard[a] as number) + (isHard[b] as number));
    return isWrong ? 1 - (targets[pair] as number) : (targets[pair] as number);
  });
  const probabilities = decisions.map((decision) => Math.min(Math.max(decision ? 1 - next() / 2 : next() / 2, 0), 1));
  return { probabilities, decisions, targets, images: pairs.flat() };
}

const MEASURES = {
  error: ({ decisions, targets }: AnsweredPairs) => decisionErrors(decisions, targets).error,
  auc: ({ probabilities, targets }: AnsweredPairs) => auc(probabilities, targets),
  eer: ({ probabilities, targets }: AnsweredPairs) => equalErrorRate(probabilities, targets).rate,
};
const NAMES = ["error", "auc", "eer"] as const;

/** How often each interval holds what very many images have. */
function coverage(design: Design, images: number, hard: number, experiments = 250) {
  const next = uniform(11);
  const many = answersOf(apart, 200_000, hard, next);
  const truth = { error: MEASURES.error(many), auc: MEASURES.auc(many), eer: MEASURES.eer(many) };
  const held = { error: 0, auc: 0, eer: 0 };
  const naive = { error: 0, auc: 0, eer: 0 };
  for (let seed = 0; seed < experiments; seed++) {
    const answers = answersOf(design, images, hard, next);
    const { images: _, ...without } = answers;
    for (const [counts, of] of [
      [held, answers],
      [naive, without],
    ] as const) {
      const intervals = pairIntervals(of, seed, { resamples: 200 });
      for (const name of NAMES) {
        const interval = intervals[name];
        if (interval && interval[0] <= truth[name] && truth[name] <= interval[1]) counts[name] += 1 / experiments;
      }
    }
  }
  return { held, naive };
}

describe("the interval holds what very many images have, in 250 experiments", () => {
  it("of 400 images in 200 pairs: in 91% to 98%, and is that of the pairs", () => {
    const { held, naive } = coverage(apart, 400, 0.2);
    expect(held).toEqual(naive);
    for (const name of NAMES) {
      expect(held[name]).toBeGreaterThan(0.91);
      expect(held[name]).toBeLessThan(0.985);
    }
  });

  it("of 60 images in 24 pairs each: in 91% or more, where pairs drawn by themselves hold it less often", () => {
    const { held, naive } = coverage(around(24), 60, 0.3);
    for (const name of NAMES) {
      expect(held[name]).toBeGreaterThan(0.91);
      expect(naive[name]).toBeLessThan(0.8);
    }
  });

  it("of 120 images in two pairs each that have little in common: too often rather than too rarely", () => {
    const { held } = coverage(around(2), 120, 0.1);
    for (const name of NAMES) expect(held[name]).toBeGreaterThan(0.95);
  });
});

const FEW: AnsweredPairs = {
  probabilities: [0.9, 0.8, 0.3, 0.6, 0.1, 0.4],
  decisions: [1, 1, 0, 1, 0, 0],
  targets: [1, 1, 1, 0, 0, 0],
};

it("the same seed gives the same intervals, which lie around the measures", () => {
  const intervals = pairIntervals(FEW, 3);
  expect(intervals).toEqual(pairIntervals(FEW, 3));
  // Measures of six pairs have few values.
  const by = (seed: number) => pairIntervals(FEW, seed, { resamples: 15 });
  expect(new Set([1, 2, 3, 4].map((seed) => JSON.stringify(by(seed)))).size).toBeGreaterThan(1);
  for (const name of NAMES) {
    const [low, high] = intervals[name] as [number, number];
    expect(low).toBeLessThan(MEASURES[name](FEW));
    expect(high).toBeGreaterThan(MEASURES[name](FEW));
  }
});

it("pairs are drawn where no image is in two of them, whatever the images are called", () => {
  const apart = { ...FEW, images: [9, 8, 7, 6, 5, 5, 3, 2, 1, 0, 12, 11] };
  expect(pairIntervals(apart, 3)).toEqual(pairIntervals(FEW, 3));
  expect(pairIntervals({ ...FEW, images: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 11] }, 3).resampled).toBe("images");
});

it("what all resamples agree on has no interval", () => {
  const right = { ...FEW, decisions: FEW.targets, probabilities: FEW.targets };
  expect(pairIntervals(right)).toEqual({ resampled: "pairs" });
  expect(pairIntervals({ probabilities: [0.2], decisions: [0], targets: [1] })).toEqual({ resampled: "pairs" });
});

it("of one kind alone there is an interval of the error", () => {
  const yes = { ...FEW, targets: [1, 1, 1, 1, 1, 1] };
  expect(Object.keys(pairIntervals(yes))).toEqual(["resampled", "error"]);
});

it("what is not of the same pairs is refused", () => {
  expect(() => pairIntervals({ ...FEW, images: [1, 2] })).toThrow(
    "images must hold two numbers for each of 6 pairs, not 2",
  );
  expect(() => pairIntervals({ ...FEW, decisions: [1] })).toThrow("decisions are of 1 pairs and targets of 6");
  expect(() => pairIntervals(FEW, -1)).toThrow("seed must be a whole number");
});
