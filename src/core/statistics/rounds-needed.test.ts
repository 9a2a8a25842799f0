import { describe, expect, it } from "vitest";
import { normal, shareOf } from "../../../bench/simulated-rounds.js";
import { uniform } from "../../../test/support/models.js";
import { fewestRounds, roundsNeeded, signFlip } from "./index.js";

describe("rounds for 80% power", () => {
  // Of the paired t-test, two-sided at 5%, as power tables and programs give them.
  it.each([
    [0.2, 199],
    [0.5, 34],
    [0.8, 15],
    [1, 10],
  ])("of a mean of %d standard deviations are the tables'", (effect, rounds) => {
    expect(roundsNeeded({ mean: effect, sd: 1 })).toBe(rounds);
    expect(roundsNeeded({ mean: -effect / 1000, sd: 1 / 1000 })).toBe(rounds);
  });

  it("grow with the comparisons", () => {
    // z(1 − 0.05/20) = 2.8070: (2.8070 + 0.8416)² / 0.25 + 2.8070² / 2 = 53.25 + 3.94.
    expect(roundsNeeded({ mean: 1, sd: 2, comparisons: 10 })).toBe(58);
  });

  it("are never fewer than show anything", () => {
    expect(roundsNeeded({ mean: 9, sd: 1 })).toBe(6);
    expect(roundsNeeded({ mean: 0.01, sd: 0, comparisons: 10 })).toBe(9);
  });

  it("are not to be had for no difference", () => {
    expect(roundsNeeded({ mean: 0, sd: 1 })).toBeUndefined();
  });

  // Of 2,000 experiments a share of 80% strays by 0.9 points.
  it.each([
    { effect: 0.5, comparisons: 1 },
    { effect: 1, comparisons: 1 },
    { effect: 1, comparisons: 10 },
  ])("give the sign-flip test that power: effect $effect, comparisons $comparisons", ({ effect, comparisons }) => {
    const next = uniform(3);
    const n = roundsNeeded({ mean: effect, sd: 1, comparisons }) as number;
    const power = shareOf(2000, (seed) => {
      const differences = Array.from({ length: n }, () => effect + normal(next));
      return signFlip(differences, seed, { flips: 999 }).p * comparisons <= 0.05;
    });
    expect(power).toBeGreaterThan(0.75);
    expect(power).toBeLessThan(0.88);
  });
});

describe("the fewest rounds", () => {
  it.each([
    [1, 6],
    [2, 7],
    [4, 8],
    [10, 9],
    [20, 10],
  ])("for %d comparisons are %d: one fewer cannot show anything", (comparisons, rounds) => {
    expect(fewestRounds(comparisons)).toBe(rounds);
    const alike = (n: number) => signFlip(new Array<number>(n).fill(0.01)).p * comparisons;
    expect(alike(rounds)).toBeLessThanOrEqual(0.05);
    expect(alike(rounds - 1)).toBeGreaterThan(0.05);
  });
});
