import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  convolution,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  outerProduct,
  relu,
  softmax,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };
const pairs = randomPairs(images, 4);
const trunk = [convolution(3, 2), relu(), flatten(), linear(3)];

describe("softmax makes a distribution of each group", () => {
  it.each<[string, Layer[], Layer[]]>([
    ["of the trunks' outputs side by side", trunk, [softmax(2), linear(2)]],
    ["of all elements", trunk, [softmax(), linear(2)]],
    ["of each element separately", trunk, [linear(6), softmax(6), linear(2)]],
    ["of flattened maps", [convolution(3, 2), flatten(), softmax(4)], [linear(2)]],
    ["of the images themselves", [flatten(), softmax(5)], [linear(2)]],
    ["of features that fill more than a panel", [flatten(), linear(20), softmax(4)], [linear(2)]],
    ["at a temperature", trunk, [softmax(2, 0.5), linear(2)]],
    ["and the outer product of two", trunk, [softmax(2), outerProduct(), linear(2)]],
    ["or of what fills more than a panel", trunk, [linear(22), outerProduct(), linear(2)]],
  ])("%s", (_, layers, head) => {
    expectReference(randomModel({ trunk: layers, head }, images), pairs);
  });

  it("however large the logits are", () => {
    const kernels = newKernels();
    const [x, y, columns] = [kernels.allocate(4), kernels.allocate(4), kernels.allocate(4)];
    kernels.integers(columns, 4).set([3, 1, 0, 2]);
    kernels.floats(x, 4).set([-1e30, 500, 1e30, 500]);
    kernels.run.softmax(x, 1, 2, 2, 4, columns, 1, y);
    expect([...kernels.floats(y, 4)]).toEqual([0, 0.5, 1, 0.5]);
    kernels.floats(x, 4).set([0, Number.NaN, 1, 0]);
    kernels.run.softmax(x, 1, 2, 2, 4, columns, 1, y);
    expect([...kernels.floats(y, 4)].map(Number.isNaN)).toEqual([false, true, false, true]);
  });
});
