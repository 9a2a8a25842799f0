import { describe, expect, it } from "vitest";
import { normal, pairedRounds, shareOf } from "../../../bench/simulated-rounds.js";
import { uniform } from "../../../test/support/models.js";
import { type Interval, signFlip, signFlipInterval } from "./index.js";

const found = (interval: Interval | undefined): Interval => {
  if (!interval) throw new Error("there is no interval");
  return interval;
};

/** All shifts on a grid, by the definition: the test of the differences minus the shift has a p above alpha. */
const isAccepted = (differences: readonly number[], shift: number, alpha: number, flips?: number) =>
  signFlip(
    differences.map((difference) => difference - shift),
    0,
    flips === undefined ? {} : { flips },
  ).p > alpha;

describe("by hand", () => {
  it("six rounds: only all signs alike reach 5%, so it goes from the least to the greatest", () => {
    expect(signFlipInterval([3, -1, 4, 1, 5, 9])).toEqual([-1, 9]);
  });

  it("seven rounds: 3 of 64 sets, so it starts at the third of the ordered means of sets", () => {
    // 0, 1, 2, 4, 8, 16, 32. Lowest means: 0, ½ of {0, 1}, then 1 of {1}, {0, 2} and {0, 1, 2}.
    // Highest: 32, 24 of {16, 32}, 20 of {8, 32}.
    expect(signFlipInterval([0, 1, 2, 4, 8, 16, 32])).toEqual([1, 20]);
  });

  it("fewer than six rounds have none, and at 90% fewer than five", () => {
    const rounds = [0.1, 0.2, 0.3, 0.5, 0.9];
    for (const n of [0, 1, 2, 3, 4, 5]) expect(signFlipInterval(rounds.slice(0, n))).toBeUndefined();
    expect(signFlipInterval(rounds, 0, { alpha: 0.1 })).toEqual([0.1, 0.9]);
    expect(signFlipInterval(rounds.slice(1), 0, { alpha: 0.1 })).toBeUndefined();
  });

  it("over ten comparisons nine rounds have one: only all signs alike reach 0.5%", () => {
    const nine = [1, 5, 3, 8, 2, 9, 4, 7, 6];
    expect(signFlipInterval(nine, 0, { alpha: 0.005 })).toEqual([1, 9]);
    expect(signFlipInterval(nine.slice(1), 0, { alpha: 0.005 })).toBeUndefined();
  });

  it("equal differences have none, however they were rounded; NaN leaves NaN", () => {
    for (const value of [0, 0.1, -7]) expect(signFlipInterval(new Array(10).fill(value))).toBeUndefined();
    expect(signFlipInterval([...new Array(9).fill(0.3), 0.1 + 0.2])).toBeUndefined();
    expect(signFlipInterval([1, 2, Number.NaN, 3, 4, 5, 6])).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("is what the test does not reject", () => {
  it.each([6, 7, 9, 12, 16, 17, 30, 40])("of %d rounds, at each end to a millionth", (n) => {
    const next = uniform(n);
    const flips = 999;
    for (const alpha of [0.05, 0.1, 0.2]) {
      const differences = Array.from({ length: n }, () => normal(next));
      const [low, high] = found(signFlipInterval(differences, 0, { alpha, flips }));
      for (const [shift, inside] of [
        [low - 1e-6, false],
        [low + 1e-6, true],
        [(low + high) / 2, true],
        [high - 1e-6, true],
        [high + 1e-6, false],
      ] as const)
        expect(isAccepted(differences, shift, alpha, flips)).toBe(inside);
    }
  });

  it("0 lies outside exactly where p is at most 5%, with ties and decimals that are rounded", () => {
    const next = uniform(5);
    let outside = 0;
    for (let experiment = 0; experiment < 1000; experiment++) {
      const n = 6 + (experiment % 14);
      const worse = experiment % 3 === 0 ? 0 : 0.006;
      const { differences } = pairedRounds(next, n, worse);
      for (const alpha of [0.05, 0.05 / 3]) {
        const options = { flips: 499 };
        const { p } = signFlip(differences, experiment, options);
        const interval = signFlipInterval(differences, experiment, { ...options, alpha });
        const excluded = interval !== undefined && (interval[0] > 0 || interval[1] < 0);
        const none = interval === undefined && new Set(differences.map((each) => each.toFixed(9))).size === 1;
        if (!none) expect([n, p <= alpha]).toEqual([n, excluded]);
        outside += Number(excluded);
      }
    }
    expect(outside).toBeGreaterThan(300);
  });
});

it("it moves with the differences and mirrors with them, exact and drawn", () => {
  const next = uniform(8);
  for (const n of [10, 25]) {
    const differences = Array.from({ length: n }, () => Math.round(64 * normal(next)));
    const [low, high] = found(signFlipInterval(differences));
    expect(found(signFlipInterval(differences.map((each) => each + 1024)))).toEqual([
      expect.closeTo(low + 1024, 9),
      expect.closeTo(high + 1024, 9),
    ]);
    expect(signFlipInterval(differences.map((each) => -each))).toEqual([-high, -low]);
  }
});

it("the same seed gives the same interval of many rounds, another seed another", () => {
  const differences = Array.from({ length: 30 }, (_, i) => Math.sqrt(i) - 3);
  expect(signFlipInterval(differences, 5)).toEqual(signFlipInterval(differences, 5));
  expect(signFlipInterval(differences, 6)).not.toEqual(signFlipInterval(differences, 5));
});

describe("holds the true mean in 93% to 98% of 2,000 experiments", () => {
  const next = uniform(77);
  const kinds: readonly (readonly [string, (n: number) => readonly number[]])[] = [
    ["normal differences", (n) => Array.from({ length: n }, () => normal(next))],
    ["differences of unequal spread", (n) => Array.from({ length: n }, () => (next() < 0.3 ? 5 : 1) * normal(next))],
    ["differences of errors, with ties", (n) => pairedRounds(next, n).differences],
  ];
  // Six rounds: 1 − 2/64 = 96.9%, and more where differences tie.
  it.each(kinds.flatMap(([name, draw]) => [6, 10, 30].map((n) => [name, n, draw] as const)))(
    "%s, %d rounds",
    (_, n, draw) => {
      const share = shareOf(2000, (seed) => {
        const interval = signFlipInterval(draw(n), seed, { flips: 999 });
        return interval === undefined || (interval[0] <= 1e-12 && interval[1] >= -1e-12);
      });
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.985);
    },
  );
});
