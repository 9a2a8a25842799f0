import { describe, expect, it } from "vitest";
import {
  expectReference,
  expectReferenceAlongDirections,
  expectSameGradients,
} from "../../../test/support/expectations.js";
import { copyState, loadUnscaled, randomModel, randomPairs, range } from "../../../test/support/models.js";
import {
  batchNorm,
  convolution,
  flatten,
  globalAveragePool,
  type InputSpec,
  type Layer,
  linear,
  matching,
  maxPool,
  type Network,
  ordinal,
  outerProduct,
  relu,
  softmax,
} from "../network/index.js";
import type { Kernels } from "./kernels.js";

const features: Layer[] = [
  ...[convolution(5, 3, { padding: 1 }), batchNorm(), maxPool(2), relu()],
  ...[convolution(9, 3, { padding: 1 }), batchNorm(), relu(), globalAveragePool()],
];

describe("colour images of odd sizes agree with the definition", () => {
  it.each<[string, InputSpec]>([
    ["9×7", { height: 9, width: 7, channels: 3, classes: 5 }],
    ["15×10", { height: 15, width: 10, channels: 3, classes: 5 }],
    ["12×13", { height: 12, width: 13, channels: 3, classes: 5 }],
  ])("%s", (_, images) => {
    const network: Network = { trunk: [...features, linear(6)], head: [matching(), linear(2)] };
    for (const fuse of [true, false])
      expectReferenceAlongDirections(randomModel(network, images, { fuse }), randomPairs(images, 3));
  });
});

describe("other classes than ten agree with the definition", () => {
  it.each([26, 62])("%i of them, compared by the order of two beliefs, by members", (classes) => {
    const images = { height: 5, width: 6, channels: 3, classes };
    const trunk = [convolution(3, 3), relu(), globalAveragePool(), linear(classes)];
    const network: Network = {
      trunk,
      head: [softmax(2, 0.5), ordinal()],
      auxiliaryWeight: 1,
      pairWeight: 0,
      members: 2,
    };
    // Of 62 classes each slope alone takes long.
    const expectRight = classes === 26 ? expectReference : expectReferenceAlongDirections;
    expectRight(randomModel(network, images), randomPairs(images, 3));
    const { members: _, ...alone } = network;
    expectRight(randomModel({ ...alone, pairWeight: 0.5 }, images), randomPairs(images, 3));
  });

  it.each([26, 62])("%i of them, compared by a table of all their pairs", (classes) => {
    const images = { height: 5, width: 6, channels: 3, classes };
    const trunk = [convolution(3, 3), relu(), globalAveragePool(), linear(classes)];
    const head = [softmax(2, 0.5), outerProduct(), linear(2)];
    const network: Network = { trunk, head, auxiliaryWeight: 1 };
    expectReferenceAlongDirections(randomModel(network, images), randomPairs(images, 3));
  });
});

describe("a first 5×5 convolution of colour images, whose patches have 75 numbers", () => {
  const images = { height: 28, width: 27, channels: 3, classes: 4 };
  const trunk = [convolution(6, 5), batchNorm(), maxPool(2), relu(), flatten(), linear(4)];
  const even = { ...images, width: 28 };
  const network: Network = { trunk, head: [matching(), linear(2)] };

  it("has the same gradient whether images are measured once or not at all, and in full", () => {
    const ways = [{}, { changing: true }, { shortcuts: [] }].map((options) => randomModel(network, even, options));
    const [measured] = ways;
    const pairs = randomPairs(even, 4);
    const losses = ways.map((model) => {
      if (measured && model !== measured) copyState(measured, model);
      return model.gradient(loadUnscaled(model, pairs), range(0, 4));
    });
    for (const [i, model] of ways.entries()) {
      if (!measured) continue;
      expectSameGradients(model, measured);
      expect(Math.abs((losses[i] ?? 0) / (losses[0] ?? 0) - 1)).toBeLessThan(1e-6);
    }
    const bytes = ways.map(({ kernels }) => (kernels as Kernels).taken);
    expect(bytes[0]).toBeGreaterThan(bytes[1] ?? 0);
  });

  it("agrees with the definition", () => {
    expectReferenceAlongDirections(randomModel(network, even), randomPairs(even, 3));
    expectReferenceAlongDirections(randomModel(network, images), randomPairs(images, 3));
  });
});
