import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { randomModel, randomPairs, range, uniform } from "../../../../test/support/models.js";
import { at, normalDistribution } from "../../../../test/support/reference.js";
import {
  convolution,
  flatten,
  gelu,
  type InputSpec,
  type Layer,
  leakyRelu,
  linear,
  silu,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 10 };

describe.each<[string, Layer]>([
  ["GELU", gelu()],
  ["SiLU", silu()],
  ["leaky ReLU", leakyRelu()],
  ["leaky ReLU that turns over", leakyRelu(-0.5)],
])("%s and its gradient", (_, layer) => {
  it.each<[string, Layer[]]>([
    ["on maps", [convolution(3, 2), layer, flatten()]],
    ["on features", [flatten(), linear(5), layer, linear(3)]],
    ["on the images themselves", [layer, convolution(3, 2), flatten()]],
    ["twice", [convolution(3, 2), layer, layer, flatten()]],
  ])("%s", (_, trunk) => {
    expectReference(randomModel({ trunk, head: [linear(2)] }, images), randomPairs(images, 3));
  });
});

/** What a kernel makes of values, and its slopes there. */
function computed(kind: "gelu" | "silu", values: readonly number[]): { y: number[]; slopes: number[] } {
  const kernels = newKernels();
  const count = 4 * Math.ceil(values.length / 4);
  const [x, y, slopes] = [kernels.allocate(count), kernels.allocate(count), kernels.allocate(count)];
  kernels.floats(x, values.length).set(values);
  kernels.run[kind](x, count, y, slopes);
  return { y: [...kernels.floats(y, values.length)], slopes: [...kernels.floats(slopes, values.length)] };
}

const density = (x: number) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe.each([
  {
    kind: "gelu" as const,
    value: (x: number) => x * normalDistribution(x),
    terms: (x: number) => [normalDistribution(x), x * density(x)],
  },
  {
    kind: "silu" as const,
    value: (x: number) => x * sigmoid(x),
    terms: (x: number) => [sigmoid(x), x * sigmoid(x) * sigmoid(-x)],
  },
])("the kernel of $kind", ({ kind, value, terms }) => {
  const next = uniform(3);
  const scales = [1e-30, 1e-6, 0.01, 1, 3, 10, 30, 100, 1000, 1e30];
  const values = [0, ...scales.flatMap((scale) => range(0, 300).map(() => Math.fround(scale * (2 * next() - 1))))];
  const { y, slopes } = computed(kind, values);
  /** Below it, single precision has fewer digits. */
  const NORMAL = 2 ** -126;

  it("is within 1e-7 of the definition, relative to it, far into the tails", () => {
    const worst = values.map((x, i) => Math.abs(at(y, i) - value(x)) / Math.max(Math.abs(value(x)), NORMAL));
    expect(Math.max(...worst)).toBeLessThan(1e-7);
  });

  it("has slopes within 1e-7 of the larger of the terms that add up to them", () => {
    const worst = values.map((x, i) => {
      const parts = terms(x);
      const scale = Math.max(...parts.map(Math.abs), NORMAL);
      return Math.abs(at(slopes, i) - parts.reduce((sum, part) => sum + part, 0)) / scale;
    });
    expect(Math.max(...worst)).toBeLessThan(1e-7);
  });

  it("has what PyTorch has where there is no number, so that a diverged network shows", () => {
    const { y: ends } = computed(kind, [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      3.4e38,
      -3.4e38,
    ]);
    expect(ends.map((end) => end + 0)).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Math.fround(3.4e38),
      0,
    ]);
  });
});

it("leaky ReLU keeps NaN and infinities, and passes 0 by its slope", () => {
  const kernels = newKernels();
  const [x, gradient, y] = [kernels.allocate(8), kernels.allocate(8), kernels.allocate(8)];
  const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;
  kernels.floats(x, 8).set([Number.NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY, 0, -2, 3]);
  kernels.floats(gradient, 8).fill(8);
  kernels.run.leakyRelu(x, 8, 0.25, y);
  expect([...kernels.floats(y, 6)]).toEqual([Number.NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY, 0, -0.5, 3]);
  kernels.run.leakyReluGradient(x, gradient, 8, 0.25, y);
  expect([...kernels.floats(y, 6)]).toEqual([2, 8, 2, 2, 2, 8]);
});
