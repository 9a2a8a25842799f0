import { describe, expect, it } from "vitest";
import { loadUnscaled, randomModel, randomPairs, range } from "../../../test/support/models.js";
import { architectures } from "../architectures/index.js";
import {
  averagePool,
  batchNorm,
  convolution,
  cosine,
  DIGIT_PAIRS,
  difference,
  dropout,
  flatten,
  gelu,
  groupNorm,
  type InputSpec,
  layerNorm,
  leakyRelu,
  linear,
  matching,
  maxPool,
  type Network,
  normalize,
  ordinal,
  product,
  relu,
  residual,
  scoreDifference,
  silu,
  softmax,
  squaredDistance,
} from "../network/index.js";
import type { Model } from "./model.js";
import { makeOptimizer, type OptimizerName } from "./optimizers/index.js";
import { OPTIMIZERS } from "./optimizers/registry.js";

/** What lies beside the elements in the memory of a model's tensors, values and gradients. */
function padding(model: Model): number[] {
  return model.state().flatMap(({ values, gradients, room, positions }) => {
    const elements = new Set(positions);
    const beside = (_: number, lane: number) => !elements.has(lane);
    const lanes = [...model.kernels.floats(values, room)].filter(beside);
    // A buffer has no gradients.
    return gradients ? [...lanes, ...[...model.kernels.floats(gradients, room)].filter(beside)] : lanes;
  });
}

const odd: InputSpec = { height: 7, width: 5, channels: 3, classes: 3 };
const networks: [string, Network, InputSpec][] = [
  ...architectures.map((architecture): [string, Network, InputSpec] => [architecture.name, architecture, DIGIT_PAIRS]),
  [
    "layers that fill no whole panel, fused",
    {
      trunk: [convolution(5, 2, { padding: 1 }), batchNorm(), maxPool(2), relu(), flatten(), linear(3)],
      head: [linear(9), batchNorm(), dropout(), relu(), linear(2)],
      auxiliaryWeight: 1,
    },
    odd,
  ],
  [
    "every kind of layer on padded channels",
    {
      trunk: [dropout(0.1), batchNorm(), convolution(9, 3, { stride: 2 }), relu(), batchNorm(), maxPool(2), flatten()],
      head: [batchNorm(), linear(2)],
    },
    odd,
  ],
  [
    "3×3 convolutions by Winograd, over maps that are not a whole number of tiles",
    {
      trunk: [
        ...[convolution(12, 1), convolution(12, 3, { padding: 1 }), batchNorm(), relu()],
        ...[convolution(9, 3, { padding: 2 }), relu(), flatten()],
      ],
      head: [linear(2)],
    },
    odd,
  ],
  [
    "separate trunks",
    {
      trunk: [convolution(5, 2, { padding: 1 }), batchNorm(), maxPool(2), relu(), flatten(), dropout(), linear(3)],
      head: [linear(9), relu(), linear(2)],
      auxiliaryWeight: 1,
      trunks: "separate",
    },
    odd,
  ],
  [
    "beliefs, and a head that compares them",
    { trunk: [flatten(), linear(3)], head: [softmax(2), linear(6), softmax(3), softmax(2), ordinal()] },
    odd,
  ],
  [
    "smooth layers and group norm on padded channels",
    {
      trunk: [groupNorm(3), gelu(), convolution(9, 3), silu(), groupNorm(3), leakyRelu(), flatten(), layerNorm()],
      head: [layerNorm(), linear(5), gelu(), linear(2)],
    },
    odd,
  ],
  [
    "residual layers whose branches lie in two layouts, and pools over padding",
    {
      trunk: [
        ...[convolution(5, 3, { padding: 1 }), maxPool(3, { stride: 2, padding: 1 }), batchNorm()],
        residual([convolution(5, 3, { padding: 1 }), batchNorm(), relu()]),
        residual([averagePool(3, { stride: 2, padding: 1 })], [convolution(5, 1, { stride: 2 })]),
        ...[flatten(), residual([linear(20), relu()]), linear(3)],
      ],
      head: [linear(2)],
      auxiliaryWeight: 1,
    },
    odd,
  ],
  [
    "what two images have in common",
    { trunk: [flatten(), linear(5)], head: [normalize(), matching(), linear(2)] },
    odd,
  ],
  ["differences and a cosine", { trunk: [flatten(), linear(6)], head: [difference(), linear(10), cosine()] }, odd],
  ["products and a distance", { trunk: [flatten(), linear(6)], head: [product(), squaredDistance()] }, odd],
  ["two scores", { trunk: [flatten(), linear(1)], head: [scoreDifference()] }, odd],
  ["flattened images", { trunk: [flatten(), batchNorm(), linear(3)], head: [linear(2)] }, odd],
];

describe("padding stays exactly zero, in weights, statistics and gradients, however long a network trains", () => {
  const [, fused] = networks.at(architectures.length) as (typeof networks)[number];
  const trainings: [string, Network, InputSpec, OptimizerName][] = [
    ...networks.map(([name, network, input]): (typeof trainings)[number] => [name, network, input, "adam"]),
    ...OPTIMIZERS.map((optimizer): (typeof trainings)[number] => ["fused layers", fused, odd, optimizer]),
  ];
  it.each(trainings)("%s (%#)", (_, network, input, name) => {
    const model = randomModel(network, input);
    const optimizer = makeOptimizer(name, model.kernels, model.tensors, { weightDecay: 0.1 });
    const loaded = loadUnscaled(model, randomPairs(input, 7));
    for (let step = 0; step < 4; step++) {
      model.gradient(loaded, range(0, 4));
      optimizer.step(0.01);
      model.gradient(loaded, range(4, 7));
      optimizer.step(0.01);
      model.evaluate(loaded);
    }
    const lanes = padding(model);
    expect(lanes.length).toBeGreaterThan(0);
    expect(lanes.filter((lane) => lane !== 0)).toEqual([]);
  });
});
