import { describe, expect, it } from "vitest";
import { pairCoverage, SIMULATIONS } from "../../../bench/simulated-pairs.js";
import { uniform } from "../../../test/support/models.js";
import { type AnsweredPairs, auc, decisionErrors, equalErrorRate, pairIntervals } from "./index.js";

const MEASURES = {
  error: ({ decisions, targets }: AnsweredPairs) => decisionErrors(decisions, targets).error,
  auc: ({ probabilities, targets }: AnsweredPairs) => auc(probabilities, targets),
  eer: ({ probabilities, targets }: AnsweredPairs) => equalErrorRate(probabilities, targets).rate,
};
const NAMES = ["error", "auc", "eer"] as const;

describe("the interval holds what very many images have, in 150 experiments", () => {
  const coverage = (simulation: (typeof SIMULATIONS)[number]) =>
    pairCoverage(
      simulation,
      {
        measure: (answers) => ({
          error: MEASURES.error(answers),
          auc: MEASURES.auc(answers),
          eer: MEASURES.eer(answers),
        }),
        intervals: (answers, seed) => pairIntervals(answers, seed, { resamples: 200 }),
      },
      uniform(11),
      150,
    );

  it("of pairs that share no image: in 91% to 98.5%, and is that of the pairs", () => {
    const { known, unknown } = coverage(SIMULATIONS[0]);
    expect(known).toEqual(unknown);
    for (const name of NAMES) {
      expect(known[name]).toBeGreaterThan(0.91);
      expect(known[name]).toBeLessThan(0.985);
    }
  });

  it("of images in 24 pairs each: in 91% or more, where pairs taken for independent hold it less often", () => {
    const { known, unknown } = coverage(SIMULATIONS[1]);
    for (const name of NAMES) {
      expect(known[name]).toBeGreaterThan(0.91);
      expect(unknown[name]).toBeLessThan(0.8);
    }
  });

  it("of images in two pairs each that have little in common: too often rather than too rarely", () => {
    const { known } = coverage(SIMULATIONS[2]);
    for (const name of NAMES) expect(known[name]).toBeGreaterThan(0.95);
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

it("what all resamples agree on has no interval, but no error among n pairs ends at 3.84 / (n + 3.84)", () => {
  const right = { ...FEW, decisions: FEW.targets, probabilities: FEW.targets };
  const [resampled, upTo] = ["pairs", (n: number) => [0, expect.closeTo(3.841459 / (n + 3.841459), 6)]] as const;
  expect(pairIntervals(right)).toEqual({ resampled, error: upTo(6) });
  const wrong = { ...right, decisions: Array.from(FEW.targets, (target) => 1 - target) };
  expect(pairIntervals(wrong).error?.[0]).toBeCloseTo(1 - 3.841459 / 9.841459, 6);
  // Six pairs of five images: two pairs share none.
  expect(pairIntervals({ ...right, images: [0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 0, 2] }).error).toEqual(upTo(2));
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
  expect(() => pairIntervals({ ...FEW, decisions: [1] })).toThrow("decisions are of 1 pair and targets of 6");
  expect(() => pairIntervals(FEW, -1)).toThrow("seed must be a whole number");
});
