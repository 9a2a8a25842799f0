import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { throughLayer } from "../../../../test/support/layers.js";
import { randomModel, randomPairs, tensorOf } from "../../../../test/support/models.js";
import {
  convolution,
  cosine,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  normalize,
  relu,
  squaredDistance,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };
const pairs = randomPairs(images, 4);
const LAYERS: [string, Layer][] = [
  ["the cosine", cosine()],
  ["the squared distance", squaredDistance()],
];

describe.each(LAYERS)("%s", (_, layer) => {
  it.each<[string, Layer[], Layer[]]>([
    ["of a linear layer's features", [flatten(), linear(3)], [layer]],
    ["of one feature of each image", [flatten(), linear(1), relu()], [layer]],
    ["of features that fill more than a vector", [flatten(), linear(11)], [layer]],
    ["of flattened maps", [convolution(3, 2), maxPool(2), relu(), flatten()], [layer]],
    ["of what layers make of both", [flatten(), linear(3)], [linear(10), layer]],
    ["before more layers", [flatten(), linear(3)], [layer, linear(3), relu(), linear(2)]],
    ["of flattened images", [flatten()], [layer]],
    ["of features of length 1", [flatten(), linear(5), normalize(1)], [layer]],
  ])("%s is what its definition says, and so are its gradients", (_, trunk, head) => {
    // A cosine of one feature is ±1 whatever the weights are.
    if (layer.kind === "cosine" && trunk.some((each) => each.kind === "linear" && each.features === 1)) return;
    expectReference(randomModel({ trunk, head }, images), pairs);
    expectReference(randomModel({ trunk, head, trunks: "separate" }, images), randomPairs(images, 3));
  });

  it("of the images themselves, whose scale and shift are learned though they want no gradient", () => {
    expectReference(randomModel({ trunk: [], head: [flatten(), layer] }, images), pairs);
  });
});

const row = (f: readonly number[], g: readonly number[]) => [...f, ...g];
const OWN = { weight: [3], bias: [-2] };
const logitsOf = (layer: Layer, rows: readonly (readonly number[])[]) =>
  throughLayer(
    layer,
    rows,
    rows.map(() => [0, 1]),
    OWN,
  ).outputs;

describe("swapping the two images changes no bit, and swaps what is sent back", () => {
  const float = fc.float({ noNaN: true, min: -1000, max: 1000 });
  const two = fc
    .integer({ min: 1, max: 20 })
    .chain((size) => fc.array(fc.array(float, { minLength: size, maxLength: size }), { minLength: 2, maxLength: 2 }));
  it.each(LAYERS)("of %s", (_, layer) => {
    fc.assert(
      fc.property(two, (halves) => {
        const [f, g] = halves as [number[], number[]];
        const slopes = [
          [0.5, 0.25],
          [0.5, 0.25],
        ];
        const { outputs, gradients } = throughLayer(layer, [row(f, g), row(g, f)], slopes, OWN);
        expect(outputs[1]).toEqual(outputs[0]);
        const [there, back] = gradients as [number[], number[]];
        const plain = (values: number[]) => values.map((value) => value + 0);
        expect(plain(back)).toEqual(plain(row(there.slice(f.length), there.slice(0, f.length))));
      }),
    );
  });
});

describe("the first logit is 0, the second the measure, scaled and shifted", () => {
  it("a cosine of any features that point the same, apart or across", () => {
    const rows = [row([3, 4], [6, 8]), row([3, 4], [-3, -4]), row([3, 4], [4, -3]), row([1, 0], [1, 1])];
    const due = [1, -1, 0, Math.SQRT1_2].map((cos) => [0, Math.fround(3 * cos - 2)]);
    expect(logitsOf(cosine(), rows)).toEqual(due);
  });

  it("a squared distance", () => {
    const rows = [row([3, 4], [3, 4]), row([3, 4], [0, 0]), row([1, -1], [-1, 1])];
    expect(logitsOf(squaredDistance(), rows)).toEqual([
      [0, -2],
      [0, 73],
      [0, 22],
    ]);
  });

  it("a cosine with features of zeros is 0, and what it sends back is finite, as PyTorch's", () => {
    const { outputs, gradients } = throughLayer(
      cosine(),
      [row([0, 0], [3, 4]), row([0, 0], [0, 0])],
      [
        [0, 1],
        [0, 1],
      ],
      OWN,
    );
    expect(outputs).toEqual([
      [0, -2],
      [0, -2],
    ]);
    // w · ĝ / ε by f; nothing by g, since f is 0.
    expect(gradients[0]?.map((value) => value / 1e8)).toEqual([
      expect.closeTo(1.8, 5),
      expect.closeTo(2.4, 5),
      expect.closeTo(0, 5),
      expect.closeTo(0, 5),
    ]);
    expect(gradients[1]?.map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it("a cosine of small features, each of whose lengths is above 1e-8, keeps its digits", () => {
    const [logits] = logitsOf(cosine(), [row([1e-6, 0], [1e-6, 1e-6])]);
    expect(logits?.[1]).toBeCloseTo(3 * Math.SQRT1_2 - 2, 6);
  });

  it("a NaN shows", () => {
    for (const [, layer] of LAYERS) expect(logitsOf(layer, [row([Number.NaN, 1], [1, 1])])).toEqual([[0, Number.NaN]]);
  });
});

it("scale and shift start where the answer is unsure", () => {
  const started = (layer: Layer) => {
    const model = randomModel({ trunk: [flatten(), linear(4)], head: [layer] }, images);
    model.initialize(1);
    return ["weight", "bias"].map((name) => tensorOf(model, `head.0.${name}`)[0]);
  };
  expect(started(cosine())).toEqual([10, -5]);
  expect(started(squaredDistance())).toEqual([-2.5, 5]);
});
