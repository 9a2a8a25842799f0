import { describe, expect, it } from "vitest";
import { pairedRounds, shareOf } from "../../../bench/simulated-rounds.js";
import { scipy } from "../../../test/statistics/scipy.js";
import { uniform } from "../../../test/support/models.js";
import { mean, probabilityOfSuperiority, type Superiority } from "./index.js";
import { wilsonInterval } from "./superiority.js";

const superiority = (a: readonly number[], b: readonly number[]): Superiority =>
  probabilityOfSuperiority(a, b) as Superiority;

it("is the share of rounds with the lower error, equal ones half", () => {
  // Lower, equal, higher, lower.
  expect(superiority([0.01, 0.02, 0.03, 0.04], [0.02, 0.02, 0.01, 0.05]).share).toBe(2.5 / 4);
});

it("of b over a is the rest", () => {
  const { a, b } = pairedRounds(uniform(1), 20);
  const [one, other] = [superiority(a, b), superiority(b, a)];
  expect(other.share).toBeCloseTo(1 - one.share, 14);
  expect(other.interval[0]).toBeCloseTo(1 - one.interval[1], 14);
  expect(other.interval[1]).toBeCloseTo(1 - one.interval[0], 14);
});

it("has Wilson's interval, as SciPy gives it", () => {
  for (const { successes, n, interval } of scipy.wilson) {
    expect(wilsonInterval(successes, n)).toEqual(interval.map((end) => expect.closeTo(end, 12)));
    const errors = Array.from({ length: n }, (_, round) => Number(round >= successes));
    expect(superiority(errors, new Array<number>(n).fill(0.5)).interval).toEqual(wilsonInterval(successes, n));
  }
});

it("has an interval with a width and within 0 and 1, where all rounds agree too", () => {
  for (let n = 1; n <= 100; n++) {
    for (const wins of [0, 0.5, n / 2, n]) {
      const [low, high] = wilsonInterval(wins, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(high - low).toBeGreaterThan(0.03);
    }
  }
});

describe("its interval holds the truth", () => {
  it("in 93% to 97% of samples of 30 without ties, by the binomial distribution, and in 94% to 96% on average", () => {
    const n = 30;
    const truths = Array.from({ length: 81 }, (_, i) => 0.1 + i / 100);
    const coverage = truths.map((truth) => {
      let probability = (1 - truth) ** n;
      let covered = 0;
      for (let wins = 0; wins <= n; wins++) {
        const [low, high] = wilsonInterval(wins, n);
        if (low <= truth && truth <= high) covered += probability;
        probability *= (((n - wins) / (wins + 1)) * truth) / (1 - truth);
      }
      return covered;
    });
    expect(Math.min(...coverage)).toBeGreaterThan(0.925);
    expect(Math.max(...coverage)).toBeLessThan(0.975);
    expect(mean(coverage)).toBeGreaterThan(0.94);
    expect(mean(coverage)).toBeLessThan(0.96);
  });

  it("in 93% to 97% of 2,000 experiments of 30 rounds with ties", () => {
    const next = uniform(4);
    const worse = 0.004;
    const many = pairedRounds(next, 100_000, worse);
    const truth = superiority(many.a, many.b).share;
    expect(truth).toBeGreaterThan(0.65);
    expect(truth).toBeLessThan(0.8);
    const covered = shareOf(2000, () => {
      const { a, b } = pairedRounds(next, 30, worse);
      const [low, high] = superiority(a, b).interval;
      return low <= truth && truth <= high;
    });
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });
});

it("does not exist without rounds, is NaN where an error is, and refuses errors of other rounds", () => {
  expect(probabilityOfSuperiority([], [])).toBeUndefined();
  const nan = { share: Number.NaN, interval: [Number.NaN, Number.NaN] };
  expect(superiority([0.1, Number.NaN], [0.2, 0.2])).toEqual(nan);
  expect(superiority([0.1, 0.2], [Number.NaN, 0.2])).toEqual(nan);
  expect(() => probabilityOfSuperiority([0.1], [0.1, 0.2])).toThrow("1 and 2 errors are not of the same rounds");
});
