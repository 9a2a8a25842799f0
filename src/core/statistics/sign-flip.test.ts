import { describe, expect, it } from "vitest";
import { pairedRounds, shareOf } from "../../../bench/simulated-rounds.js";
import { scipy } from "../../../test/statistics/scipy.js";
import { uniform } from "../../../test/support/models.js";
import { signFlip } from "./index.js";

const inThousandths = (differences: readonly number[]) => differences.map((difference) => difference / 1000);

/** p from how many of the 2ⁿ assignments give each sum of whole numbers: exact for any n. */
function exactP(differences: readonly number[]): number {
  let counts = new Map([[0, 1]]);
  for (const difference of differences) {
    const more = new Map<number, number>();
    for (const [sum, count] of counts)
      for (const next of [sum + difference, sum - difference]) more.set(next, (more.get(next) ?? 0) + count / 2);
    counts = more;
  }
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  return [...counts].reduce((p, [sum, share]) => p + (Math.abs(sum) >= observed ? share : 0), 0);
}

describe("three rounds, by hand", () => {
  // Sizes of the eight sums, each twice.
  it.each([
    { differences: [1, 2, 4], sums: "7, 5, 3, 1; 7 at least", p: 2 / 8 },
    { differences: [-1, 2, 4], sums: "7, 5, 3, 1; 5 at least", p: 4 / 8 },
    { differences: [1, 2, -4], sums: "7, 5, 3, 1; 1 at least", p: 1 },
    { differences: [3, 1, -1], sums: "5, 3, 3, 1; 3 at least", p: 6 / 8 },
    { differences: [2, 0, 0], sums: "2, 2, 2, 2; 2 at least", p: 1 },
  ])("$differences: $sums", ({ differences, p }) => {
    const expected = { p, exact: true, flips: 8, smallest: 0.25 };
    expect(signFlip(differences)).toEqual(expected);
    expect(signFlip(inThousandths(differences))).toEqual(expected);
    expect(signFlip(differences.map((difference) => -difference))).toEqual(expected);
  });
});

describe("SciPy's p to the last bit, with sums of decimals that tie but for rounding", () => {
  it.each(scipy.signFlip)("$sample", ({ differences, p }) => {
    expect(signFlip(inThousandths(differences))).toMatchObject({ p, exact: true, flips: 2 ** differences.length });
  });
});

describe("beyond 16 rounds", () => {
  // Within 4 standard deviations of a share of 99,999; the bits of one word, just more than those, and many words.
  it.each([17, 30, 32, 33, 100])("the exact p of %d, as far as chance allows", (n) => {
    const next = uniform(n);
    const differences = Array.from({ length: n }, () => Math.floor(13 * next()) - 5);
    const exact = exactP(differences);
    const result = signFlip(inThousandths(differences), 1);
    expect(Math.abs(result.p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 99_999) + 1e-5);
    expect(result).toMatchObject({ exact: false, flips: 99_999, smallest: 1e-5 });
  });

  it("p is never 0", () => {
    const alike = new Array<number>(40).fill(0.003);
    expect(signFlip(alike).p).toBe(1 / 100_000);
    expect(signFlip(alike, 0, { flips: 19 })).toEqual({ p: 0.05, exact: false, flips: 19, smallest: 0.05 });
  });

  it("the same seed gives the same p, another seed another", () => {
    const differences = Array.from({ length: 30 }, (_, i) => Math.sqrt(i) - 3);
    expect(signFlip(differences, 5)).toEqual(signFlip(differences, 5));
    expect(signFlip(differences, 6).p).not.toBe(signFlip(differences, 5).p);
  });
});

it("the smallest p is that of rounds that all agree: five cannot reach 5%", () => {
  const alike = (n: number) => signFlip(new Array<number>(n).fill(0.001));
  expect(alike(5)).toMatchObject({ p: 0.0625, smallest: 0.0625 });
  for (const n of [1, 6, 10, 16]) expect(alike(n)).toMatchObject({ p: 2 / 2 ** n, smallest: 2 / 2 ** n });
});

it("no difference at all has p = 1, and so have no rounds", () => {
  for (const n of [0, 1, 5, 30]) expect(signFlip(new Array<number>(n).fill(0)).p).toBe(1);
  expect(signFlip([]).smallest).toBe(1);
});

it("what is not finite leaves no p", () => {
  for (const value of [Number.NaN, Infinity])
    for (const n of [4, 20]) expect(signFlip([...new Array<number>(n).fill(1), value]).p).toBeNaN();
});

describe("where neither of two networks is better", () => {
  it("4% to 6% of experiments of 30 rounds have p ≤ 5%", () => {
    const next = uniform(30);
    const rejected = shareOf(
      6000,
      (seed) => signFlip(pairedRounds(next, 30).differences, seed, { flips: 499 }).p <= 0.05,
    );
    expect(rejected).toBeGreaterThan(0.04);
    expect(rejected).toBeLessThan(0.06);
  });

  it("of 10 rounds are as frequent as their ties allow: the level is at most 50 / 1,024 = 4.9%", () => {
    /** The largest share of assignments, at most 5%, that are as far from 0 as some sum. */
    function attainable(differences: readonly number[]): number {
      const whole = differences.map((difference) => Math.round(1000 * difference));
      const sizes = Array.from({ length: 1024 }, (_, signs) =>
        Math.abs(whole.reduce((sum, difference, i) => sum + ((signs >> i) & 1 ? difference : -difference), 0)),
      ).sort((a, b) => b - a);
      // 51 of 1,024 are 4.98%; what ties with the 52nd is too much.
      const counted = sizes.indexOf(sizes[51] as number);
      return counted / 1024;
    }
    const next = uniform(10);
    let level = 0;
    const rejected = shareOf(2000, () => {
      const { differences } = pairedRounds(next, 10);
      level += attainable(differences) / 2000;
      return signFlip(differences).p <= 0.05;
    });
    expect(level).toBeLessThanOrEqual(50 / 1024);
    expect(rejected).toBeLessThan(0.06);
    expect(Math.abs(rejected - level)).toBeLessThan(3 * Math.sqrt((level * (1 - level)) / 2000));
  });
});
