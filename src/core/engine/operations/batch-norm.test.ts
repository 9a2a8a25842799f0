import { describe, expect, it } from "vitest";
import { expectAllClose, expectReference } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, range, tensorOf, tensorsOf } from "../../../../test/support/models.js";
import { reference } from "../../../../test/support/reference.js";
import { batchNorm, convolution, flatten, type InputSpec, type Layer, linear, relu } from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 3, classes: 10 };

const layers: [string, Layer[]][] = [
  ["maps, channel by channel", [convolution(3, 3), batchNorm(), relu(), flatten()]],
  ["more than eight channels", [convolution(9, 4), batchNorm(), flatten()]],
  ["the images themselves", [batchNorm(), convolution(3, 3), flatten()]],
  ["features, one by one", [flatten(), linear(5), batchNorm(), relu(), linear(3)]],
  ["flattened maps, element by element", [convolution(3, 3), flatten(), batchNorm(), linear(3)]],
  ["flattened images, pixel by pixel", [flatten(), batchNorm(), linear(3)]],
];

describe("batch norm standardizes by the batch in training and by running statistics in evaluation", () => {
  it.each(layers)("%s", (_, trunk) => {
    expectReference(randomModel({ trunk, head: [linear(2)] }, images, { fuse: false }), randomPairs(images, 4));
  });

  it("features of pairs, in the head", () => {
    const network = { trunk: [flatten(), linear(3)], head: [batchNorm(), linear(4), batchNorm(), linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 4));
  });
});

describe("running statistics move a tenth of the way to the batch's mean and unbiased variance", () => {
  it.each(layers)("%s", (_, trunk) => {
    const model = randomModel({ trunk, head: [linear(2)] }, images, { fuse: false });
    const pairs = randomPairs(images, 3);
    const before = tensorsOf(model);
    const { moments } = reference(model.network, before, pairs, true);
    model.gradient(loadUnscaled(model, pairs), range(0, 3));
    expect(moments.size).toBe(1);
    for (const [name, { mean, variance }] of moments) {
      const moved = (buffer: string, towards: Float64Array) =>
        towards.map((value, c) => 0.9 * (before.get(`${name}.${buffer}`)?.[c] as number) + 0.1 * value);
      expectAllClose(tensorOf(model, `${name}.running_mean`), moved("running_mean", mean), "running mean");
      expectAllClose(tensorOf(model, `${name}.running_var`), moved("running_var", variance), "running variance");
    }
  });
});

it("evaluation leaves the running statistics as they are", () => {
  const model = randomModel({ trunk: [batchNorm(), flatten()], head: [linear(2)] }, images);
  const before = tensorsOf(model);
  model.evaluate(loadUnscaled(model, randomPairs(images, 3)));
  expect(tensorsOf(model)).toEqual(before);
});

it("a batch of one example, whose features have no variance, gives β and finite gradients", () => {
  const model = randomModel({ trunk: [], head: [flatten(), batchNorm(), linear(2)] }, images);
  const pairs = randomPairs(images, 1);
  // Divided only by √ε, a pixel keeps fewer digits in single precision. Small pixels can spare them.
  expectReference(model, { ...pairs, images: pairs.images.map((pixel) => pixel / 100) });
});

it("a channel that never varies gives β and finite gradients", () => {
  const pairs = randomPairs(images, 3);
  const pixels = images.height * images.width;
  const second = (i: number) => Math.floor(i / pixels) % 3 === 1;
  const flat = { ...pairs, images: pairs.images.map((pixel, i) => (second(i) ? 0.75 : pixel)) };
  expectReference(randomModel({ trunk: [batchNorm(), convolution(3, 3), flatten()], head: [linear(2)] }, images), flat);
});

it("the statistics of large batches of maps stay exact to single precision", () => {
  const large: InputSpec = { height: 40, width: 40, channels: 1, classes: 10 };
  const model = randomModel({ trunk: [batchNorm(), flatten()], head: [linear(2)] }, large, { batchSize: 50 });
  const noise = randomPairs(large, 50);
  const pairs = { ...noise, images: noise.images.map((pixel) => pixel + 3) };
  const { moments } = reference(model.network, tensorsOf(model), pairs, true);
  model.initialize(1);
  model.gradient(loadUnscaled(model, pairs), range(0, 50));
  const { mean = [], variance = [] } = moments.get("trunk.0") ?? {};
  expectAllClose(tensorOf(model, "trunk.0.running_mean"), [0.1 * (mean[0] as number)], "running mean");
  expectAllClose(tensorOf(model, "trunk.0.running_var"), [0.9 + 0.1 * (variance[0] as number)], "running variance");
});
