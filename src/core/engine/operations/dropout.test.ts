import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { newKernels } from "../../../../test/support/kernels.js";
import {
  loadUnscaled,
  randomModel,
  randomPairs,
  tensorOf,
  tensorsOf,
  uniform,
} from "../../../../test/support/models.js";
import { at, numericalGradient, type Tensors } from "../../../../test/support/reference.js";
import {
  convolution,
  dropout,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  type Network,
} from "../../network/index.js";
import type { Model } from "../model.js";

const images: InputSpec = { height: 20, width: 25, channels: 1, classes: 10 };
const white = (count: number) => {
  const pairs = randomPairs(images, count);
  return { ...pairs, images: pairs.images.fill(1) };
};

/** What each of the 1,000 pixels of a white pair was multiplied by: a linear layer's gradient is its input's multiple. */
function factors(model: Model): number[] {
  model.gradient(loadUnscaled(model, white(1)), [0]);
  const slope = at(tensorOf(model, "head.2.bias", "gradients"), 0);
  return [...tensorOf(model, "head.2.weight", "gradients").subarray(0, 1000)].map((gradient) => gradient / slope);
}

const behindDropout = (layer: Layer, options = {}, seed = 1) =>
  randomModel({ trunk: [], head: [flatten(), layer, linear(2)] }, images, options, seed);

describe("dropout keeps each activation with probability 1 − rate and scales it by 1 / (1 − rate)", () => {
  it.each([0.1, 0.3, 0.5, 0.9])("at a rate of %d", (rate) => {
    const model = behindDropout(dropout(rate));
    const drawn = Array.from({ length: 20 }, () => factors(model)).flat();
    const kept = drawn.filter((factor) => factor !== 0);
    for (const factor of kept) expect(factor).toBeCloseTo(1 / (1 - rate), 5);
    const deviation = Math.sqrt((rate * (1 - rate)) / drawn.length);
    expect(Math.abs(kept.length / drawn.length - (1 - rate))).toBeLessThan(4 * deviation);
  });

  it.each<[string, Layer, { dropout?: number }, number]>([
    ["its own, where it has one", dropout(0.25), { dropout: 0.75 }, 4 / 3],
    ["the run's, where it has none", dropout(), { dropout: 0.75 }, 4],
    ["one half, where neither says", dropout(), {}, 2],
  ])("the rate is %s", (_, layer, options, scale) => {
    expect(Math.max(...factors(behindDropout(layer, options)))).toBeCloseTo(scale, 5);
  });
});

describe("what is dropped is drawn", () => {
  it("only from the seed", () => {
    expect(factors(behindDropout(dropout()))).toEqual(factors(behindDropout(dropout())));
    expect(factors(behindDropout(dropout()))).not.toEqual(factors(behindDropout(dropout(), {}, 2)));
  });

  it("anew for every batch", () => {
    const model = behindDropout(dropout());
    expect(factors(model)).not.toEqual(factors(model));
  });

  it("for each example separately", () => {
    const model = randomModel({ trunk: [flatten(), dropout(), linear(1)], head: [flatten()] }, images);
    // Both images are white: were they to lose the same pixels, the two scores would be equal and the loss log 2.
    const loss = model.gradient(loadUnscaled(model, white(1)), [0]);
    expect(Math.abs(loss - Math.log(2))).toBeGreaterThan(0.01);
  });
});

const small: InputSpec = { height: 4, width: 4, channels: 1, classes: 10 };

it("a rate of 0 drops nothing", () => {
  const [without, none] = [[], [dropout(0)]].map((layers) =>
    randomModel({ trunk: [convolution(2, 2), ...layers, flatten()], head: [linear(2)] }, small),
  ) as [Model, Model];
  const pairs = randomPairs(small, 3);
  const losses = [without, none].map((model) => model.gradient(loadUnscaled(model, pairs), [0, 1, 2]));
  expect(losses[1]).toBe(losses[0]);
  for (const part of ["weight", "bias"]) {
    expect(tensorOf(none, `trunk.0.${part}`, "gradients")).toEqual(tensorOf(without, `trunk.0.${part}`, "gradients"));
    expect(tensorOf(none, `head.0.${part}`, "gradients")).toEqual(tensorOf(without, `head.0.${part}`, "gradients"));
  }
});

it("gradients pass where activations did, scaled as they were", () => {
  const model = randomModel({ trunk: [], head: [flatten(), linear(9), dropout(0.4), linear(2)] }, small);
  const pairs = randomPairs(small, 1);
  model.gradient(loadUnscaled(model, pairs), [0]);
  const [weight, bias] = [tensorOf(model, "head.1.weight"), tensorOf(model, "head.1.bias")];
  const features = [...bias].map((start, o) =>
    pairs.images.reduce((sum, pixel, i) => sum + pixel * at(weight, 32 * o + i), start),
  );
  const slope = at(tensorOf(model, "head.3.bias", "gradients"), 0);
  const seen = tensorOf(model, "head.3.weight", "gradients");
  const mask = Float64Array.from(features, (feature, i) => (at(seen, i) / slope / feature > 0.8 ? 1 / 0.6 : 0));
  expect(new Set(mask)).toEqual(new Set([0, 1 / 0.6]));
  model.initialize(1);
  expectReference(model, pairs, new Map([["head.2", [mask]]]));
});

it.each(["shared", "separate"] as const)(
  "gradients are the loss's slopes while the same activations are dropped: %s trunks",
  (trunks) => {
    const network: Network = {
      trunk: [dropout(0.2), convolution(3, 2), dropout(), flatten(), dropout(0.3)],
      head: [linear(4), dropout(0.4), linear(2)],
      trunks,
    };
    const model = randomModel(network, small);
    const loaded = loadUnscaled(model, randomPairs(small, 3));
    const loss = (tensors: Tensors) => {
      model.initialize(1);
      for (const tensor of model.state()) tensor.write(model.kernels, tensors.get(tensor.name) ?? []);
      return model.gradient(loaded, [0, 1, 2]);
    };
    const tensors = tensorsOf(model);
    loss(tensors);
    const gradients = model.tensors.parameters.map(({ name }) => tensorOf(model, name, "gradients"));
    model.tensors.parameters.forEach(({ name }, i) => {
      const slopes = numericalGradient(() => loss(tensors), tensors.get(name) as Float64Array, 0.01);
      // Slopes of a loss in single precision: right to three digits.
      slopes.forEach((slope, e) => {
        expect(at(at(gradients, i), e)).toBeCloseTo(slope, 3);
      });
    });
  },
);

it("masks follow xoshiro128++ (Blackman & Vigna 2019), one generator to a lane", () => {
  const kernels = newKernels();
  const next = uniform(1);
  const words = Int32Array.from({ length: 16 }, () => Math.floor(next() * 2 ** 32));
  const [state, x, mask, y] = [
    kernels.allocate(16),
    kernels.allocate(400),
    kernels.allocate(400),
    kernels.allocate(400),
  ];
  kernels.integers(state, 16).set(words);
  kernels.floats(x, 400).fill(3);
  kernels.run.dropOut(state, 0.3 * 2 ** 32, 2, x, 400, mask, y);
  const lanes = [0, 1, 2, 3].map((lane) => xoshiro128plusplus([0, 4, 8, 12].map((word) => at(words, word + lane))));
  const expected = Array.from({ length: 400 }, (_, i) => (at(lanes, i % 4)() >= 0.3 * 2 ** 32 ? 2 : 0));
  expect([...kernels.floats(mask, 400)]).toEqual(expected);
  expect([...kernels.floats(y, 400)]).toEqual(expected.map((factor) => 3 * factor));
});

/** As its authors publish it. */
function xoshiro128plusplus([a = 0, b = 0, c = 0, d = 0]: number[]): () => number {
  const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));
  return () => {
    const result = (rotate((a + d) | 0, 7) + a) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
}
