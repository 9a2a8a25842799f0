import { expect, it } from "vitest";
import { normal, shareOf } from "../../../bench/simulated-rounds.js";
import { uniform } from "../../../test/support/models.js";
import { signFlip, signFlipMax } from "./index.js";

/** The definition: the largest of the statistics under each assignment of signs, in float64. */
function byDefinition(quantities: readonly (readonly number[])[]): number {
  const n = quantities[0]?.length ?? 0;
  const largest = (signs: number) =>
    Math.max(
      ...quantities.map((values) => {
        const sum = values.reduce((total, value, i) => total + ((signs >> i) & 1 ? -value : value), 0);
        return sum / Math.sqrt(values.reduce((total, value) => total + value * value, 0));
      }),
    );
  const observed = largest(0);
  return shareOf(2 ** n, (signs) => largest(signs) >= observed - 1e-9);
}

it("is the definition's, with ties and zeros", () => {
  const next = uniform(3);
  for (let experiment = 0; experiment < 30; experiment++) {
    const n = 2 + (experiment % 7);
    const quantities = Array.from({ length: 1 + (experiment % 4) }, () =>
      Array.from({ length: n }, () => Math.floor(7 * next()) - 2).with(0, 1),
    );
    expect(signFlipMax(quantities)).toEqual({ p: byDefinition(quantities), exact: true, flips: 2 ** n });
  }
});

it("of one quantity above 0 it is half of the two-sided test's p", () => {
  const values = [3, 1, 4, -1, 5, 9, -2, 6];
  expect(2 * signFlipMax([values]).p).toBe(signFlip(values).p);
});

it("the unit of a quantity does not matter, and one that is 0 throughout says nothing", () => {
  const [a, b] = [
    [1, 2, 3, -1],
    [2, -1, 4, 5],
  ] as const;
  const { p } = signFlipMax([a, b]);
  expect(signFlipMax([a.map((value) => 1000 * value), b]).p).toBe(p);
  expect(signFlipMax([a, b, [0, 0, 0, 0]]).p).toBe(p);
  expect(signFlipMax([[0, 0, 0, 0]]).p).toBe(1);
  expect(signFlipMax([]).p).toBe(1);
});

it("NaN leaves NaN", () => {
  expect(signFlipMax([[1, 2, Number.NaN]]).p).toBeNaN();
});

it("finds a rise of one of 20 quantities in most experiments of 20 rounds", () => {
  const next = uniform(4);
  const found = shareOf(100, (seed) => {
    const quantities = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 20 }, () => (i === 7 ? 1.2 : 0) + normal(next)),
    );
    return signFlipMax(quantities, seed, { flips: 999 }).p <= 0.025;
  });
  expect(found).toBeGreaterThan(0.8);
});
