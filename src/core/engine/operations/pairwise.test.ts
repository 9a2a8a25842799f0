import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { throughLayer } from "../../../../test/support/layers.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  absoluteDifference,
  convolution,
  difference,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  matching,
  maxPool,
  product,
  relu,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };
const pairs = randomPairs(images, 4);
const LAYERS: [string, Layer][] = [
  ["difference", difference()],
  ["absolute difference", absoluteDifference()],
  ["product", product()],
  ["both beside each other", matching()],
];

describe.each(LAYERS)("%s", (_, layer) => {
  it.each<[string, Layer[], Layer[]]>([
    ["of a linear layer's features", [flatten(), linear(3)], [layer, linear(2)]],
    ["of features that fill more than a vector", [flatten(), linear(11)], [layer, linear(5), relu(), linear(2)]],
    ["of flattened maps", [convolution(3, 2), maxPool(2), relu(), flatten()], [layer, linear(2)]],
    ["of what layers make of both", [flatten(), linear(3)], [linear(10), layer, linear(2)]],
    ["of flattened images", [flatten()], [layer, linear(2)]],
    ["of two features, as logits", [flatten(), linear(layer.kind === "matching" ? 1 : 2)], [layer]],
  ])("%s is what its definition says, and so is its gradient", (_, trunk, head) => {
    expectReference(randomModel({ trunk, head }, images), pairs);
    expectReference(randomModel({ trunk, head, trunks: "separate" }, images), randomPairs(images, 3));
  });

  it("of the images themselves, which want no gradient", () => {
    expectReference(randomModel({ trunk: [], head: [flatten(), layer, linear(2)] }, images), pairs);
  });
});

/** Two halves, and the slopes of 2 · size outputs at most. */
const float = fc.float({ noNaN: true, min: Math.fround(-1e6), max: Math.fround(1e6) });
const two = fc
  .integer({ min: 1, max: 20 })
  .chain((size) =>
    fc.tuple(
      ...([size, size, 2 * size].map((length) => fc.array(float, { minLength: length, maxLength: length })) as [
        fc.Arbitrary<number[]>,
        fc.Arbitrary<number[]>,
        fc.Arbitrary<number[]>,
      ]),
    ),
  );
const swapped = <Item>(halves: readonly Item[]): Item[] => [
  ...halves.slice(halves.length / 2),
  ...halves.slice(0, halves.length / 2),
];
const pass = (layer: Layer, rows: number[][], slopes: number[]) =>
  throughLayer(
    layer,
    rows,
    rows.map(() => slopes),
  );

describe("swapping the two images", () => {
  it.each(LAYERS.slice(1))("changes no bit of %s, and swaps what is sent back", (_, layer) => {
    fc.assert(
      fc.property(two, ([f, g, slopes]) => {
        const own = layer.kind === "matching" ? slopes : slopes.slice(f.length);
        const { outputs, gradients } = pass(
          layer,
          [
            [...f, ...g],
            [...g, ...f],
          ],
          own,
        );
        expect(outputs[1]).toEqual(outputs[0]);
        expect(gradients[1]).toEqual(swapped(gradients[0] as number[]));
      }),
    );
  });

  it("negates every bit of a difference", () => {
    fc.assert(
      fc.property(two, ([f, g]) => {
        const [there, back] = pass(
          difference(),
          [
            [...f, ...g],
            [...g, ...f],
          ],
          f,
        ).outputs as [number[], number[]];
        // −0 is 0.
        expect(back.map((value) => 0 - value)).toEqual(there.map((value) => value + 0));
      }),
    );
  });
});

it("single precision's nearest number is what there is of each", () => {
  const [f, g] = [
    [1, 0.1, -3],
    [2 ** -24, 0.3, 7],
  ].map((half) => half.map(Math.fround)) as [number[], number[]];
  const made = (layer: Layer) => pass(layer, [[...f, ...g]], f).outputs[0];
  const each = (make: (a: number, b: number) => number) => f.map((a, e) => Math.fround(make(a, g[e] as number)));
  expect(made(difference())).toEqual(each((a, b) => a - b));
  expect(made(absoluteDifference())).toEqual(each((a, b) => Math.abs(a - b)));
  expect(made(product())).toEqual(each((a, b) => a * b));
  expect(made(matching())).toEqual([...each((a, b) => Math.abs(a - b)), ...each((a, b) => a * b)]);
});

it("where both are equal, what is sent back through their distance is 0, as by PyTorch's abs", () => {
  const row = [3, -2, 0, 3, -2, 0];
  expect(pass(absoluteDifference(), [row], [1, 2, 3]).gradients[0]?.map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(pass(matching(), [row], [5, 5, 5, 1, 2, 3]).gradients).toEqual([[3, -4, 0, 3, -4, 0]]);
});

it("a NaN shows", () => {
  for (const [, layer] of LAYERS) {
    const { outputs, gradients } = pass(
      layer,
      [[Number.NaN, 1, 1, 1]],
      [1, 1, 1, 1].slice(layer.kind === "matching" ? 0 : 2),
    );
    expect(outputs[0]?.[0]).toBeNaN();
    expect(outputs[0]?.[1]).not.toBeNaN();
    if (layer.kind !== "difference") expect(gradients[0]?.[2]).toBeNaN();
  }
});
