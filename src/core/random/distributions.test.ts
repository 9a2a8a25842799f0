import { describe, expect, it } from "vitest";
import { at } from "../../../test/support/reference.js";
import { Stream } from "./streams.js";

/** χ² of counts that should all be equal. */
function chiSquare(draws: number, bins: number, draw: () => number): number {
  const counts = new Uint32Array(bins);
  for (let i = 0; i < draws; i++) {
    const bin = draw();
    counts[bin] = at(counts, bin) + 1;
  }
  const expected = draws / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * Expects χ² to be neither too large, where a distribution is not uniform, nor too small, where it is too even to be
 * random: within 4 standard deviations (of its cube root, which is nearly normal: Wilson & Hilferty 1931).
 */
function expectUniform(chiSquared: number, bins: number): void {
  const degrees = bins - 1;
  const spread = 2 / (9 * degrees);
  const score = (Math.cbrt(chiSquared / degrees) - (1 - spread)) / Math.sqrt(spread);
  expect(Math.abs(score)).toBeLessThan(4);
}

describe("below is uniform", () => {
  it.each([2, 3, 7, 10, 64, 1000])("over %d numbers", (bound) => {
    const stream = new Stream(bound, "bootstrap");
    expectUniform(
      chiSquare(50_000, bound, () => stream.below(bound)),
      bound,
    );
  });

  it("over a range that does not divide 2³², where only taking a remainder would favour its first third", () => {
    const bound = 3 * 2 ** 30;
    const stream = new Stream(1, "bootstrap");
    expectUniform(
      chiSquare(30_000, 3, () => Math.floor(stream.below(bound) / 2 ** 30)),
      3,
    );
  });

  it("over one number, which it always gives", () => {
    const stream = new Stream(1, "bootstrap");
    expect(Array.from({ length: 10 }, () => stream.below(1))).toEqual(new Array(10).fill(0));
  });
});

describe("unit is uniform in [0, 1)", () => {
  it("in equal parts", () => {
    const stream = new Stream(1, "initialization");
    expectUniform(
      chiSquare(50_000, 100, () => Math.floor(stream.unit() * 100)),
      100,
    );
  });

  it("in multiples of 2⁻²⁴, exact in single precision", () => {
    const stream = new Stream(1, "initialization");
    const draws = Array.from({ length: 10_000 }, () => stream.unit());
    const right = (unit: number) =>
      Number.isInteger(unit * 2 ** 24) && unit >= 0 && unit < 1 && Math.fround(unit) === unit;
    expect(draws.filter((unit) => !right(unit))).toEqual([]);
  });

  it("from one number to the next", () => {
    const stream = new Stream(2, "initialization");
    expectUniform(
      chiSquare(50_000, 100, () => 10 * Math.floor(stream.unit() * 10) + Math.floor(stream.unit() * 10)),
      100,
    );
  });
});

it("every one of the 32 bits is set half of the time", () => {
  const stream = new Stream(1, "dropout");
  const draws = Array.from({ length: 20_000 }, () => stream.bits());
  for (let bit = 0; bit < 32; bit++) {
    const set = draws.filter((word) => (word >>> bit) & 1).length;
    expect(Math.abs(set - 10_000)).toBeLessThan(4 * Math.sqrt(5_000));
  }
});

describe("sample shuffles", () => {
  it("into each of the 24 orders of four equally often", () => {
    const orders = new Map<string, number>();
    const stream = new Stream(1, "batch order");
    const index = () => {
      const order = stream.sample(4, 4).join();
      if (!orders.has(order)) orders.set(order, orders.size);
      return orders.get(order) as number;
    };
    expectUniform(chiSquare(24_000, 24, index), 24);
    expect(orders.size).toBe(24);
  });

  it("every pair of five to the front equally often", () => {
    const stream = new Stream(1, "batch order");
    const ordered = () => {
      const [first = 0, second = 0] = stream.sample(2, 5);
      return 4 * first + second - Number(second > first);
    };
    expectUniform(chiSquare(20_000, 20, ordered), 20);
  });

  it("without losing or doubling anything", () => {
    const sample = new Stream(1, "batch order").sample(1000, 1000);
    expect([...sample].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it("so that a larger count only adds", () => {
    const few = new Stream(1, "training pairs").sample(10, 1000);
    const many = new Stream(1, "training pairs").sample(500, 1000);
    expect(many.slice(0, 10)).toEqual(few);
  });
});
