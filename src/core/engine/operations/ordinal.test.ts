import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { loadUnscaled, randomModel, randomPairs } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { lessOrEqual } from "../../data/relations.js";
import {
  convolution,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  ordinal,
  relu,
  softmax,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };
const pairs = randomPairs(images, 4);
const trunk = [convolution(3, 2), relu(), flatten(), linear(3)];

describe("two beliefs are compared", () => {
  it.each<[string, Layer[]]>([
    ["as the trunks' digits", [softmax(2), ordinal()]],
    ["as what layers make of them", [linear(10), softmax(2), ordinal()]],
    ["before more layers", [softmax(2), ordinal(), linear(2)]],
  ])("%s", (_, head) => {
    expectReference(randomModel({ trunk, head, auxiliaryWeight: 0.5 }, images), pairs);
    expectReference(randomModel({ trunk, head, trunks: "separate" }, images), pairs);
  });

  it("under the relation of the pairs", () => {
    const holds = (first: number, second: number) => (first + 2 * second) % 3 === 1;
    const model = randomModel({ trunk, head: [softmax(2), ordinal()] }, images, { relation: { name: "other", holds } });
    expectReference(model, pairs, undefined, holds);
  });
});

/** The two logits of each row of 2 · classes beliefs, whose columns stand in reverse order. */
function logitsOf(rows: readonly (readonly number[])[], holds = lessOrEqual.holds): number[][] {
  const kernels = newKernels();
  const length = at(rows, 0).length;
  const classes = length / 2;
  const allocate = (count: number) => kernels.allocate(count);
  const [beliefs, columns, table, logits] = [
    allocate(rows.length * length),
    allocate(length),
    allocate(classes ** 2),
    allocate(rows.length * 8),
  ];
  kernels.floats(beliefs, rows.length * length).set(rows.flatMap((row) => row.toReversed()));
  kernels.integers(columns, length).set(at(rows, 0).map((_, i) => length - 1 - i));
  for (let i = 0; i < classes; i++)
    for (let j = 0; j < classes; j++) kernels.integers(table, classes ** 2)[i * classes + j] = Number(holds(i, j));
  kernels.run.ordinal(beliefs, rows.length, classes, length, columns, table, logits, 8);
  return rows.map((_, i) => [...kernels.floats(logits + 32 * i, 2)]);
}

describe("the probability that a ≤ b", () => {
  /** Beliefs that single precision holds, from 1 down to 1e-15 before they are divided by their sum. */
  const belief = (classes: number) =>
    fc.array(fc.integer({ min: -15, max: 0 }), { minLength: classes, maxLength: classes }).map((exponents) => {
      const parts = exponents.map((exponent) => 10 ** exponent);
      const sum = parts.reduce((total, part) => total + part, 0);
      return parts.map((part) => Math.fround(part / sum));
    });
  const beliefs = fc.integer({ min: 1, max: 12 }).chain((classes) => fc.tuple(belief(classes), belief(classes)));

  it("is the sum over all pairs of classes, however small", () => {
    fc.assert(
      fc.property(beliefs, ([p, q]) => {
        let [above, within] = [0, 0];
        p.forEach((first, a) => {
          q.forEach((second, b) => {
            if (a <= b) within += first * second;
            else above += first * second;
          });
        });
        const [unlike, like] = at(logitsOf([[...p, ...q]]), 0) as [number, number];
        // A logarithm in single precision: its own rounding, and nothing of 1 − P.
        for (const [logit, probability] of [
          [unlike, above],
          [like, within],
        ] as const) {
          const expected = Math.log(Math.max(probability, 2 ** -126));
          expect(Math.abs(logit - expected)).toBeLessThanOrEqual(1.2e-7 * Math.abs(expected) + 1e-12);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("of two digits known for sure is 1 or 0, whose logarithm stays finite", () => {
    const sure = (digit: number) => Array.from({ length: 10 }, (_, c) => Number(c === digit));
    const least = Math.fround(-126 * Math.LN2);
    expect(
      logitsOf([
        [...sure(3), ...sure(7)],
        [...sure(7), ...sure(3)],
        [...sure(4), ...sure(4)],
      ]),
    ).toEqual([
      [least, 0],
      [0, least],
      [least, 0],
    ]);
  });

  it("is NaN where a belief is, so that a diverged network shows", () => {
    expect(logitsOf([[Number.NaN, 1, 0, 1]])[0]).toEqual([Number.NaN, Number.NaN]);
  });

  it("has a cross-entropy of −ln P of the truth", () => {
    const model = randomModel({ trunk, head: [softmax(2), ordinal()] }, images);
    const { images: pixels, classes } = pairs;
    const first = { images: pixels.slice(0, pixels.length / pairs.count), classes: classes.slice(0, 2) };
    const one = { ...pairs, ...first, count: 1 };
    const loss = (target: number) =>
      model.evaluate(loadUnscaled(model, { ...one, targets: Uint8Array.of(target) })).loss;
    expect(Math.exp(-loss(0)) + Math.exp(-loss(1))).toBeCloseTo(1, 6);
  });

  it("sends no gradient through a probability below the floor, and a finite one otherwise", () => {
    const kernels = newKernels();
    const [beliefs, columns, table, gradient, slopes] = [4, 4, 4, 8, 4].map((count) => kernels.allocate(count)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    kernels.integers(columns, 4).set([0, 1, 2, 3]);
    kernels.integers(table, 4).set([1, 1, 0, 1]);
    kernels.floats(gradient, 2).set([1, 2]);
    kernels.floats(beliefs, 4).set([1, 0, 0.25, 0.75]);
    kernels.run.ordinalGradient(beliefs, gradient, 1, 2, 4, columns, table, 8, slopes);
    // P(a ≤ b) = p₀q₀ + p₀q₁ + p₁q₁ is 1 here, and P(a > b) = p₁q₀ is 0.
    expect([...kernels.floats(slopes, 4)]).toEqual([2, 1.5, 2, 2]);
    kernels.floats(beliefs, 4).set([0.5, 0.5, 0.25, 0.75]);
    kernels.run.ordinalGradient(beliefs, gradient, 1, 2, 4, columns, table, 8, slopes);
    const [unlike, like] = [1 / 0.125, 2 / 0.875];
    const expected = [like, unlike * 0.25 + like * 0.75, (unlike + like) / 2, like].map(Math.fround);
    expect([...kernels.floats(slopes, 4)]).toEqual(expected);
  });
});
