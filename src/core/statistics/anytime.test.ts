import { describe, expect, it, test } from "vitest";
import { normal, pairedRounds, shareOf } from "../../../bench/simulated-rounds.js";
import { uniform } from "../../../test/support/models.js";
import {
  anytimeEquivalenceP,
  anytimeInterval,
  anytimeP,
  anytimeRoundsNeeded,
  equivalence,
  type Interval,
  mean,
  signFlipInterval,
} from "./index.js";

/** The definition, in float64. */
function eValue(values: readonly number[], rates: readonly number[]): number {
  const products = rates.map((rate) =>
    values.reduce((product, value, i) => {
      const scale = Math.sqrt(values.slice(0, i + 1).reduce((sum, each) => sum + each * each, 0) / (i + 1));
      return (product * 2) / (1 + Math.exp((-2 * rate * value) / scale));
    }, 1),
  );
  return products.reduce((sum, product) => sum + product, 0) / rates.length;
}

const ONE_SIDED = [0.3, 0.7, 1.5];
const TWO_SIDED = [...ONE_SIDED, -0.3, -0.7, -1.5];

it("p is 1 over the largest e-value so far, by the definition", () => {
  const next = uniform(4);
  const differences = Array.from({ length: 25 }, () => normal(next) + 0.6);
  let largest = 1;
  anytimeP(differences).forEach((p, round) => {
    largest = Math.max(largest, eValue(differences.slice(0, round + 1), TWO_SIDED));
    expect(p * largest).toBeCloseTo(1, 10);
  });
});

it("the first round says nothing, by hand: each factor's mean over both signs of λ is 1", () => {
  expect(anytimeP([0.3])[0]).toBeCloseTo(1, 12);
  expect(anytimeP([])).toEqual([]);
});

it("given the sizes, the mean over all signs is 1", () => {
  const sizes = [1, 0.5, 3, 2, 0.1, 1.5];
  let sum = 0;
  for (let signs = 0; signs < 64; signs++)
    sum += eValue(
      sizes.map((size, i) => ((signs >> i) & 1 ? size : -size)),
      TWO_SIDED,
    );
  expect(sum / 64).toBeCloseTo(1, 12);
});

it("neither the unit nor the side matters, and no difference at all never shows one", () => {
  const differences = [1, 2, 3, -1, 4, 2, 5, 3, 2, 4];
  const p = anytimeP(differences);
  for (const factor of [-1, 0.001, 1e6])
    anytimeP(differences.map((each) => factor * each)).forEach((each, i) => {
      expect(each).toBeCloseTo(p[i] as number, 12);
    });
  expect(anytimeP(new Array(50).fill(0))).toEqual(new Array(50).fill(1));
});

it("a round that is not finite leaves NaN from then on", () => {
  const p = anytimeP([1, 2, Number.NaN, 3]);
  expect(p.map(Number.isNaN)).toEqual([false, false, true, true]);
});

it("a thousand rounds that agree neither overflow nor lose it", () => {
  const p = anytimeP(new Array(2000).fill(0.01));
  expect(p.at(-1)).toBe(0);
  // λ = 1.5, 0.7, 0.3: factors 1.9051, 1.6044, 1.2913. After 7 rounds (91.1 + 27.4 + 6.0) / 6 = 20.7, after 6 it is 11.6.
  expect(p.findIndex((each) => each <= 0.05)).toBe(6);
});

describe("looked at after each of 200 rounds", () => {
  const ROUNDS = 200;
  const within3 = (share: number, experiments: number) => share + 3 * Math.sqrt((share * (1 - share)) / experiments);

  test.each<[string, (next: () => number) => readonly number[]]>([
    ["normal differences", (next) => Array.from({ length: ROUNDS }, () => normal(next))],
    [
      "differences of unequal spread",
      (next) => Array.from({ length: ROUNDS }, () => (next() < 0.3 ? 5 : 1) * normal(next)),
    ],
    ["differences of errors, with ties", (next) => pairedRounds(next, ROUNDS).differences],
  ])("%s around 0 are ever found to differ in at most 5%%", (_, draw) => {
    const next = uniform(9);
    const found = shareOf(1000, () => (anytimeP(draw(next)).at(-1) as number) <= 0.05);
    expect(found).toBeLessThan(within3(0.05, 1000));
  });

  // 63, 27 and 19 rounds were a single λ's.
  test.each([
    [0.5, 63],
    [0.8, 27],
    [1, 19],
  ])("a difference of %d standard deviations is shown in 80%% by round %i", (effect, rounds) => {
    const next = uniform(10);
    const found = shareOf(
      1000,
      () => (anytimeP(Array.from({ length: rounds }, () => effect + normal(next))).at(-1) as number) <= 0.05,
    );
    expect(found).toBeGreaterThan(0.78);
  });

  it("networks that differ by exactly the margin, or by more, are ever found equivalent in at most 5%", () => {
    for (const center of [1, -1, 1.2]) {
      const next = uniform(11);
      const found = shareOf(
        600,
        () =>
          (anytimeEquivalenceP(
            Array.from({ length: ROUNDS }, () => center + 2 * normal(next)),
            1,
          ).at(-1) as number) <= 0.05,
      );
      expect(found).toBeLessThan(within3(0.05, 600));
    }
  });

  it("equal networks are found equivalent, the sooner the wider the margin is", () => {
    const next = uniform(12);
    const rounds = (margin: number) => {
      const p = anytimeEquivalenceP(
        Array.from({ length: 400 }, () => normal(next)),
        margin,
      );
      return p.findIndex((each) => each <= 0.05);
    };
    const [narrow, wide] = [rounds(0.5), rounds(1.5)];
    expect(wide).toBeGreaterThan(5);
    expect(narrow).toBeGreaterThan(wide);
    expect(narrow).toBeLessThan(200);
  });
});

it("equivalence by the definition of its two one-sided tests", () => {
  const next = uniform(13);
  const differences = Array.from({ length: 12 }, () => -0.5 + normal(next));
  for (const margin of [0.3, 1, 1.5]) {
    const shifted = (by: number) => differences.map((each) => by * each + margin);
    // The share of signs whose sum is at least the observed one, one-sided: centre above −margin, and below +margin.
    const oneSided = (values: readonly number[]) => {
      const sum = values.reduce((total, value) => total + value, 0);
      let asFar = 0;
      for (let signs = 0; signs < 4096; signs++)
        if (values.reduce((total, value, i) => total + ((signs >> i) & 1 ? value : -value), 0) >= sum - 1e-9) asFar++;
      return asFar / 4096;
    };
    const shown = oneSided(shifted(1)) <= 0.05 && oneSided(shifted(-1)) <= 0.05;
    const found = equivalence(differences, margin);
    expect(found.equivalent).toBe(shown);
    expect(found.ci90).toEqual(signFlipInterval(differences, 0, { alpha: 0.1 }));
  }
  expect(equivalence([0, 0.1, 0, 0.1], 5)).toEqual({ ci90: null, equivalent: false });
});

describe("the interval that goes with it", () => {
  const excludesZero = (interval: Interval | undefined) =>
    interval !== undefined && (interval[0] > 0 || interval[1] < 0);

  it("leaves out 0 exactly where p is at most alpha", () => {
    const next = uniform(21);
    let shown = 0;
    for (let experiment = 0; experiment < 150; experiment++) {
      const n = 5 + (experiment % 30);
      const differences = Array.from({ length: n }, () => 0.5 + normal(next));
      for (const alpha of [0.05, 0.01]) {
        const p = anytimeP(differences).at(-1) as number;
        expect([n, excludesZero(anytimeInterval(differences, alpha))]).toEqual([n, p <= alpha]);
        shown += Number(p <= alpha);
      }
    }
    expect(shown).toBeGreaterThan(30);
  });

  it("ends where the test of the shifted differences turns", () => {
    const next = uniform(22);
    const differences = Array.from({ length: 40 }, () => 3 + normal(next));
    const [low, high] = anytimeInterval(differences) as Interval;
    const p = (shift: number) => anytimeP(differences.map((each) => each - shift)).at(-1) as number;
    expect([p(low - 1e-6) <= 0.05, p(low + 1e-6) <= 0.05]).toEqual([true, false]);
    expect([p(high + 1e-6) <= 0.05, p(high - 1e-6) <= 0.05]).toEqual([true, false]);
    expect(low).toBeLessThan(mean(differences));
    expect(high).toBeGreaterThan(mean(differences));
  });

  it("holds the centre at all looks in at least 93% of 150 experiments", () => {
    const next = uniform(23);
    const left = shareOf(150, () => {
      const differences = Array.from({ length: 50 }, () => 2 + (next() < 0.3 ? 3 : 1) * normal(next));
      return [10, 20, 50].some((n) => {
        const interval = anytimeInterval(differences.slice(0, n));
        return interval !== undefined && (interval[0] > 2 || interval[1] < 2);
      });
    });
    expect(left).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 150));
  });

  it("there is none of few rounds and of equal ones; NaN leaves NaN", () => {
    expect(anytimeInterval([1, 2, 3, 2, 1, 2])).toBeUndefined();
    expect(anytimeInterval([1, 2, 3, 2, 1, 2, 3])).toBeDefined();
    expect(anytimeInterval([])).toBeUndefined();
    expect(anytimeInterval(new Array(30).fill(0.1))).toBeUndefined();
    expect(anytimeInterval([1, Number.NaN, 2])).toEqual([Number.NaN, Number.NaN]);
  });
});

it.each([0.3, 0.5, 0.8, 1, 1.5])("80%% show a mean of %d standard deviations by about the rounds needed", (effect) => {
  const next = uniform(24);
  const needed = anytimeRoundsNeeded({ mean: -effect / 10, sd: 0.1 });
  const by = (rounds: number) =>
    shareOf(
      600,
      () => (anytimeP(Array.from({ length: rounds }, () => effect + normal(next))).at(-1) as number) <= 0.05,
    );
  expect(by(needed)).toBeGreaterThan(0.74);
  expect(by(needed)).toBeLessThan(0.88);
  expect(anytimeRoundsNeeded({ mean: 0, sd: 0.1 })).toBe(Number.POSITIVE_INFINITY);
});
