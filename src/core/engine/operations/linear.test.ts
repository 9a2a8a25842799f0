import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorOf } from "../../../../test/support/models.js";
import { batchNorm, convolution, flatten, type InputSpec, type Layer, linear, relu } from "../../network/index.js";

describe("a linear layer is x · Wᵀ + b, and so is its gradient", () => {
  it.each<[string, number, Layer[]]>([
    ["on an image", 1, [flatten(), linear(3)]],
    ["on the pixels of three channels, in PyTorch's order", 3, [flatten(), linear(2)]],
    ["on flattened maps, in PyTorch's order", 1, [convolution(3, 2), flatten(), linear(3)]],
    ["with outputs that fill no whole panel", 1, [flatten(), linear(17)]],
    ["with one output", 1, [flatten(), linear(1)]],
    ["on another linear layer's outputs", 1, [flatten(), linear(9), relu(), linear(8)]],
  ])("%s", (_, channels, trunk) => {
    const images: InputSpec = { height: 3, width: 5, channels, classes: 10 };
    expectReference(randomModel({ trunk, head: [linear(2)] }, images), randomPairs(images, 3));
  });
});

it("a linear layer over both images sees the second image's pixels after the first's", () => {
  const images: InputSpec = { height: 3, width: 3, channels: 2, classes: 10 };
  expectReference(randomModel({ trunk: [], head: [flatten(), linear(2)] }, images), randomPairs(images, 3));
});

it("a bias that batch norm cancels gets a gradient of exactly 0", () => {
  const images: InputSpec = { height: 3, width: 3, channels: 1, classes: 10 };
  const model = randomModel({ trunk: [flatten(), linear(4), batchNorm()], head: [linear(2)] }, images);
  model.gradient(loadUnscaled(model, randomPairs(images, 3)), [0, 1, 2]);
  expect([...tensorOf(model, "trunk.1.bias", "gradients")]).toEqual([0, 0, 0, 0]);
});
