import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import { batchNorm, convolution, flatten, type InputSpec, type Layer, linear, relu } from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 10 };

describe("ReLU passes what is above 0, and gradients where it was", () => {
  it.each<[string, Layer[]]>([
    ["on maps", [convolution(3, 2), relu(), flatten()]],
    ["on features", [flatten(), linear(5), relu(), linear(3)]],
    ["on the images themselves", [relu(), convolution(3, 2), flatten()]],
    ["on flattened images", [flatten(), relu(), batchNorm(), linear(3)]],
    ["twice", [convolution(3, 2), relu(), relu(), flatten()]],
  ])("%s", (_, trunk) => {
    expectReference(randomModel({ trunk, head: [linear(2)] }, images), randomPairs(images, 3));
  });
});

it("ReLU keeps NaN, so that a diverged network shows", () => {
  const kernels = newKernels();
  const [x, y] = [kernels.allocate(4), kernels.allocate(4)];
  kernels.floats(x, 4).set([Number.NaN, -1, 2, -0]);
  kernels.run.relu(x, 4, y);
  expect([...kernels.floats(y, 4)].map((value) => value + 0)).toEqual([Number.NaN, 0, 2, 0]);
});

it("no gradient passes ReLU where its output is 0", () => {
  const kernels = newKernels();
  const [y, gradient] = [kernels.allocate(4), kernels.allocate(4)];
  kernels.floats(y, 4).set([0, 1, -0, 1e-30]);
  kernels.floats(gradient, 4).set([5, 6, 7, -8]);
  kernels.run.reluGradient(y, gradient, 4, gradient);
  expect([...kernels.floats(gradient, 4)]).toEqual([0, 6, 0, -8]);
});
