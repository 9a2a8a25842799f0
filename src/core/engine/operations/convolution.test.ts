import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference, expectReferenceAlongDirections } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorOf } from "../../../../test/support/models.js";
import { batchNorm, convolution, flatten, type InputSpec, type Layer, linear, relu } from "../../network/index.js";

const input = (height: number, width: number, channels: number): InputSpec => ({ height, width, channels, classes: 3 });

describe("a convolution is the sum over its window that its definition says, and so is its gradient", () => {
  it.each<[string, InputSpec, Layer]>([
    ["with a kernel of 1", input(3, 3, 1), convolution(3, 1)],
    ["with a kernel of 2 on an oblong image", input(3, 5, 1), convolution(3, 2)],
    ["with a kernel as large as the image", input(4, 4, 1), convolution(2, 4)],
    ["on three channels", input(4, 4, 3), convolution(3, 2)],
    ["with more than eight channels", input(3, 3, 9), convolution(9, 2)],
    ["with a stride, a row and a column left over", input(6, 4, 1), convolution(3, 3, { stride: 2 })],
    ["with a stride above the kernel", input(5, 5, 1), convolution(3, 1, { stride: 3 })],
    ["with padding", input(4, 3, 1), convolution(3, 3, { padding: 1 })],
    ["with padding above the kernel", input(2, 3, 1), convolution(3, 1, { padding: 2 })],
    ["with a kernel above the image, padded", input(2, 2, 2), convolution(3, 5, { padding: 2 })],
    ["with stride and padding", input(5, 4, 2), convolution(3, 3, { stride: 2, padding: 1 })],
  ])("%s", (_, images, layer) => {
    const network = { trunk: [layer, flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 3));
  });
});

describe("a convolution's input gets its gradient", () => {
  it.each<[string, Layer]>([
    ["through overlapping windows", convolution(2, 2)],
    ["where a stride skips pixels", convolution(2, 2, { stride: 3 })],
    ["through padding", convolution(2, 3, { padding: 2, stride: 2 })],
  ])("%s", (_, layer) => {
    const images = input(6, 5, 1);
    const network = { trunk: [convolution(3, 2), layer, flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 3));
  });
});

it("a convolution over both images sees the second image's channels after the first's", () => {
  const images = input(4, 4, 2);
  const network = { trunk: [], head: [convolution(3, 3), flatten(), linear(2)] };
  expectReference(randomModel(network, images), randomPairs(images, 3));
});

describe("a 3×3 convolution over maps that are not a whole number of tiles", () => {
  it.each<[string, number, number, Layer[]]>([
    ["of a ResNet: padded, batch norm behind it", 7, 7, [convolution(8, 3, { padding: 1 }), batchNorm(), relu()]],
    ["without batch norm", 7, 6, [convolution(9, 3, { padding: 1 }), relu()]],
    ["without padding", 9, 8, [convolution(8, 3), relu()]],
  ])("%s", (_, height, width, layers) => {
    const images = input(height, width, 1);
    const network = { trunk: [convolution(8, 1), ...layers, flatten()], head: [linear(2)] };
    expectReferenceAlongDirections(randomModel(network, images), randomPairs(images, 3));
  });
});

it("a convolution over flattened maps takes their channels in PyTorch's order", () => {
  const images = input(4, 4, 1);
  const network = { trunk: [convolution(3, 2), flatten(), convolution(4, 1), flatten()], head: [linear(2)] };
  expectReference(randomModel(network, images), randomPairs(images, 3));
});

it("a bias that batch norm cancels gets a gradient of exactly 0", () => {
  const images = input(4, 4, 1);
  const network = { trunk: [convolution(3, 2), batchNorm(), flatten()], head: [linear(2)] };
  const model = randomModel(network, images);
  model.gradient(loadUnscaled(model, randomPairs(images, 3)), [0, 1, 2]);
  expect([...tensorOf(model, "trunk.0.bias", "gradients")]).toEqual([0, 0, 0]);
});

it("convolutions of any shape agree with their definition, forwards and backwards", () => {
  const any = {
    height: fc.integer({ min: 1, max: 8 }),
    width: fc.integer({ min: 1, max: 8 }),
    channels: fc.integer({ min: 1, max: 9 }),
    outputs: fc.integer({ min: 1, max: 20 }),
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 2 }),
    pairs: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
  };
  const byWinograd = { ...any, kernel: fc.integer({ min: 2, max: 3 }), stride: fc.constant(1) };
  const shapes = fc
    .oneof(fc.record(any), fc.record(byWinograd))
    .filter(({ height, width, kernel, padding }) => Math.min(height, width) + 2 * padding >= kernel);
  fc.assert(
    fc.property(shapes, ({ height, width, channels, outputs, kernel, stride, padding, pairs, seed }) => {
      const images = input(height, width, channels);
      const layer = convolution(outputs, kernel, { stride, padding });
      const trunk = [batchNorm(), layer, relu(), flatten()];
      const model = randomModel({ trunk, head: [linear(2)] }, images, {}, seed);
      expectReferenceAlongDirections(model, randomPairs(images, pairs, seed), seed);
    }),
    { seed: 1, numRuns: 100 },
  );
});
