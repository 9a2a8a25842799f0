import { describe, expect, it } from "vitest";
import { expectAllClose, expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { loadUnscaled, randomModel, randomPairs, tensorOf } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { convolution, flatten, type InputSpec, type Layer, linear, maxPool } from "../../network/index.js";

const images: InputSpec = { height: 6, width: 7, channels: 2, classes: 10 };

describe("max-pooling keeps each window's largest value and sends its gradient back to it", () => {
  it.each<[string, Layer[]]>([
    ["in windows of 1", [convolution(3, 2), maxPool(1)]],
    ["in windows of 2", [convolution(3, 1), maxPool(2)]],
    ["in windows of 3, two rows and a column left over", [convolution(3, 2), maxPool(3)]],
    ["in more than eight channels", [convolution(9, 2), maxPool(2)]],
    ["on the images themselves", [maxPool(2), convolution(3, 2)]],
    ["pool after pool", [convolution(3, 2), maxPool(2), maxPool(2)]],
    ["in overlapping windows", [convolution(3, 2), maxPool(3, { stride: 1 })]],
    ["in windows apart", [convolution(3, 2), maxPool(2, { stride: 3 })]],
    ["over padding, which never wins", [convolution(9, 2), maxPool(3, { stride: 2, padding: 1 })]],
    ["over padding on every side", [convolution(3, 2), maxPool(2, { stride: 2, padding: 1 })]],
    ["on flattened maps, where it changes nothing", [convolution(3, 5), flatten(), maxPool(1)]],
  ])("%s", (_, layers) => {
    const network = { trunk: [...layers, flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images, { fuse: false }), randomPairs(images, 2));
  });
});

it("of equal values in overlapping windows the first wins in each, and padding never does", () => {
  const kernels = newKernels();
  const floats = (values: number[]) => {
    const pointer = kernels.allocate(4 * values.length);
    // One channel, in the first of four lanes.
    for (const [i, value] of values.entries()) kernels.floats(pointer, 4 * values.length)[4 * i] = value;
    return pointer;
  };
  const read = (pointer: number) => Array.from({ length: 9 }, (_, i) => at(kernels.floats(pointer, 36), 4 * i));
  const x = floats([-1, -1, -3, -2, -1, -4, -1, -5, -6]);
  const [y, winners, gradient] = [floats(Array(9).fill(0)), floats(Array(9).fill(0)), floats(Array(9).fill(7))];
  kernels.run.maxPool(x, 1, 3, 3, 4, 3, 1, 1, 3, 3, y, winners);
  expect(read(y)).toEqual(Array(9).fill(-1));
  // Rows of windows start above the map: their first −1 is pixel 0 or 1; those of the last row see pixel 4 or 6.
  const won = [0, 0, 1, 0, 0, 1, 4, 4, 4];
  const upstream = floats([1, 2, 4, 8, 16, 32, 64, 128, 256]);
  kernels.run.maxPoolGradient(upstream, winners, 1, 3, 3, 4, 3, 1, 1, 3, 3, gradient);
  const expected = Array<number>(9).fill(0);
  for (const [window, pixel] of won.entries()) expected[pixel] = at(expected, pixel) + 2 ** window;
  expect(read(gradient)).toEqual(expected);
});

it("2×2 windows that overlap, or lie over padding, are not taken for the fused block's", () => {
  for (const options of [{ stride: 1 }, { padding: 1 }]) {
    const images: InputSpec = { height: 5, width: 5, channels: 1, classes: 10 };
    const network = { trunk: [convolution(3, 2), maxPool(2, options), flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 2));
  }
});

it.each([true, false])("of equal values the first in the window wins, row by row (fused: %s)", (fuse) => {
  const images: InputSpec = { height: 3, width: 3, channels: 1, classes: 10 };
  const network = { trunk: [], head: [convolution(1, 2), maxPool(2), flatten(), linear(2)] };
  const model = randomModel(network, images, { fuse });
  model.state()[0]?.write(model.kernels, new Float32Array(8).fill(1));
  // Every 2×2 patch of this image sums to 10, and no two are equal.
  const image = [1, 2, 1, 4, 3, 4, 1, 2, 1];
  const pairs = { ...randomPairs(images, 1), images: Float32Array.from([...image, ...image]) };
  model.gradient(loadUnscaled(model, pairs), [0]);
  const bias = at(tensorOf(model, "head.0.bias", "gradients"), 0);
  expect(bias).not.toBe(0);
  const first = [1, 2, 4, 3];
  const gradient = [...first, ...first].map((pixel) => pixel * bias);
  expectAllClose(tensorOf(model, "head.0.weight", "gradients"), gradient, "gradient");
});
