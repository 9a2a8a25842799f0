import { describe, expect, it } from "vitest";
import { uniform } from "../../../test/support/models.js";
import { exp, ln } from "./logarithm.js";

/** The largest relative distance from the truth. */
const worst = (xs: readonly number[], ours: (x: number) => number, truth: (x: number) => number): number =>
  xs.reduce((most, x) => Math.max(most, relative(ours(x), truth(x))), 0);
const relative = (value: number, truth: number): number => Math.abs(value - truth) / (Math.abs(truth) || 1);
const next = uniform(3);

describe("ln", () => {
  it("is the logarithm to 1e-14, from the smallest double to the largest, and closely around 1", () => {
    const spread = Array.from({ length: 20_000 }, () => (1 + next()) * 2 ** Math.floor(2098 * next() - 1075));
    const aroundOne = Array.from({ length: 20_000 }, () => 1 + (next() - 0.5) * 2 ** -Math.floor(50 * next()));
    const ends = [Number.MIN_VALUE, Number.MAX_VALUE, 1 + Number.EPSILON, 1 - Number.EPSILON / 2, Math.SQRT2, Math.E];
    const positive = [...spread, ...aroundOne, ...ends].filter((x) => x > 0);
    expect(worst(positive, ln, Math.log)).toBeLessThan(1e-14);
  });

  it("has the exact values that there are", () => {
    expect([ln(0), ln(1), ln(Infinity)]).toEqual([-Infinity, 0, Infinity]);
    expect([ln(-1), ln(Number.NaN), ln(-Infinity)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("exp", () => {
  it("is the exponential to 1e-14 wherever a double has all its digits", () => {
    const spread = Array.from({ length: 20_000 }, () => 1417 * next() - 708);
    const small = Array.from({ length: 20_000 }, () => (next() - 0.5) * 2 ** (4 - Math.floor(50 * next())));
    expect(worst([...spread, ...small, 709.7, -708.3], exp, Math.exp)).toBeLessThan(1e-14);
  });

  it("loses digits as doubles do below 2^-1022, and ends at 0 and Infinity", () => {
    // The spacing of the smallest doubles.
    for (let x = -708; x > -750; x -= 0.37)
      expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(2 * Number.MIN_VALUE + 1e-14 * Math.exp(x));
    expect([exp(-Infinity), exp(-800), exp(0), exp(710), exp(Infinity)]).toEqual([0, 0, 1, Infinity, Infinity]);
    expect(exp(Number.NaN)).toBeNaN();
  });
});

it("they undo each other", () => {
  for (const pairs of [1, 125, 1000, 30_000]) expect(relative(exp(ln(pairs)), pairs)).toBeLessThan(1e-14);
});
