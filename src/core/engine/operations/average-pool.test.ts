import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  averagePool,
  convolution,
  flatten,
  globalAveragePool,
  type InputSpec,
  type Layer,
  linear,
} from "../../network/index.js";

const images: InputSpec = { height: 6, width: 7, channels: 2, classes: 10 };

describe("average pooling keeps each window's mean and shares its gradient out", () => {
  it.each<[string, Layer[]]>([
    ["in windows of 1", [convolution(3, 2), averagePool(1)]],
    ["in windows of 2", [convolution(3, 1), averagePool(2)]],
    ["in windows of 3, two rows and a column left over", [convolution(3, 2), averagePool(3)]],
    ["in more than eight channels", [convolution(9, 2), averagePool(2)]],
    ["on the images themselves", [averagePool(2), convolution(3, 2)]],
    ["in overlapping windows", [convolution(3, 2), averagePool(3, { stride: 1 })]],
    ["in windows apart", [convolution(3, 2), averagePool(2, { stride: 3 })]],
    ["over padding, which counts", [convolution(3, 2), averagePool(3, { stride: 2, padding: 1 })]],
    ["on flattened maps, where it changes nothing", [convolution(3, 5), flatten(), averagePool(1)]],
    ["over the whole map", [convolution(9, 2), globalAveragePool(), linear(3)]],
    ["over the whole image", [globalAveragePool()]],
    ["on flattened maps, over the whole of each", [convolution(3, 5), flatten(), globalAveragePool()]],
  ])("%s", (_, layers) => {
    const network = { trunk: [...layers, flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 2));
  });
});

it("padding adds zeros that count in the mean, as PyTorch's count_include_pad has it", () => {
  const kernels = newKernels();
  const [x, y] = [kernels.allocate(4 * 4), kernels.allocate(4 * 4)];
  // One channel of 2×2, in the first of four lanes.
  [9, 18, 27, 36].forEach((value, pixel) => {
    kernels.floats(x, 16)[4 * pixel] = value;
  });
  kernels.run.averagePool(x, 2, 2, 4, 3, 1, 1, 2, 2, y);
  expect([0, 4, 8, 12].map((lane) => kernels.floats(y, 16)[lane])).toEqual([10, 10, 10, 10]);
});
