import { describe, expect, it } from "vitest";
import { normal, shareOf } from "../../../bench/simulated-rounds.js";
import { uniform } from "../../../test/support/models.js";
import { fewestRounds, roundsNeeded, roundsNeededWithin, signFlip } from "./index.js";

/** The test's power by simulation, of normal differences. */
function powerOf(n: number, effect: number, comparisons: number, experiments = 1500): number {
  const next = uniform(n);
  return shareOf(experiments, (seed) => {
    const differences = Array.from({ length: n }, () => effect + normal(next));
    return signFlip(differences, seed, { flips: 999 }).p * comparisons <= 0.05;
  });
}

describe("rounds for 80% power", () => {
  it("where all signs must be alike are by hand: Φ(1.80)⁶ = 0.805 and Φ(1.78)⁶ = 0.795", () => {
    expect(roundsNeeded({ mean: 1.8, sd: 1 })).toBe(6);
    expect(roundsNeeded({ mean: -1.78, sd: 1 })).toBe(7);
    // Over ten comparisons, Φ(1.98)⁹ = 0.805 and Φ(1.96)⁹ = 0.796.
    expect(roundsNeeded({ mean: 0.00198, sd: 0.001, comparisons: 10 })).toBe(9);
    expect(roundsNeeded({ mean: 0.00196, sd: 0.001, comparisons: 10 })).toBeGreaterThan(9);
  });

  // Of the paired t-test, two-sided at 5%, as power tables have them: of many rounds the sign-flip test's are within 3%.
  it.each([
    [0.1, 787],
    [0.2, 199],
  ])("of a mean of %d standard deviations are about the t-test's", (effect, rounds) => {
    const found = roundsNeeded({ mean: effect, sd: 1 }) as number;
    expect(found).toBeGreaterThanOrEqual(rounds);
    expect(found).toBeLessThan(1.03 * rounds);
  });

  it("are never fewer than show anything", () => {
    expect(roundsNeeded({ mean: 9, sd: 1 })).toBe(6);
    expect(roundsNeeded({ mean: 0.01, sd: 0, comparisons: 10 })).toBe(9);
  });

  it("are not to be had for no difference", () => {
    expect(roundsNeeded({ mean: 0, sd: 1 })).toBeUndefined();
  });

  // Of 1,500 experiments a share of 80% strays by 1.0 points.
  it.each([0.5, 1, 1.5].flatMap((effect) => [1, 10].map((comparisons) => ({ effect, comparisons }))))(
    "give the sign-flip test that power, and one fewer does not: effect $effect, comparisons $comparisons",
    ({ effect, comparisons }) => {
      const n = roundsNeeded({ mean: effect, sd: 1, comparisons }) as number;
      expect(powerOf(n, effect, comparisons)).toBeGreaterThan(0.77);
      if (n > fewestRounds(comparisons)) expect(powerOf(n - 1, effect, comparisons)).toBeLessThan(0.83);
    },
  );
});

describe("rounds within an interval", () => {
  const sd = 1;
  it("go from those of the far end to those of the near end, whichever side of 0 they are on", () => {
    const [far, near] = [roundsNeeded({ mean: 1, sd }), roundsNeeded({ mean: 0.5, sd })];
    expect(roundsNeededWithin([0.5, 1], { sd })).toEqual({ least: far, most: near });
    expect(roundsNeededWithin([-1, -0.5], { sd })).toEqual({ least: far, most: near });
  });

  it("have no upper end where the interval includes 0", () => {
    const least = roundsNeeded({ mean: 0.8, sd, comparisons: 4 });
    expect(roundsNeededWithin([-0.8, 0.3], { sd, comparisons: 4 })).toEqual({ least, most: null });
    expect(roundsNeededWithin([0, 0.8], { sd, comparisons: 4 })).toEqual({ least, most: null });
    expect(roundsNeededWithin([0, 0], { sd })).toBeUndefined();
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
