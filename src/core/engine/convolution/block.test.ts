import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expectAllClose,
  expectClose,
  expectReference,
  expectSameGradients,
} from "../../../../test/support/expectations.js";
import {
  copyState,
  loadUnscaled,
  randomModel,
  randomPairs,
  range,
  tensorOf,
  uniform,
} from "../../../../test/support/models.js";
import type { Pairs } from "../../data/pairs.js";
import {
  batchNorm,
  convolution,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  type Network,
  relu,
} from "../../network/index.js";
import type { Model, ModelOptions } from "../model.js";
import { allShortcuts, type Shortcut } from "../shortcuts.js";

interface Block {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly channels: number;
  readonly outputs: number;
  /** Height and width after pooling. */
  readonly height: number;
  readonly width: number;
  readonly normalized: boolean;
  readonly rectified: boolean;
  readonly place: "first in the trunk" | "behind batch norm" | "first in the head";
  /** The part of four pixels in five that are 0. */
  readonly blank: number;
  /** Whether the block's model is for images that change. */
  readonly changing: boolean;
  readonly pairs: number;
  readonly batchSize: number;
  readonly seed: number;
}

const drawn = {
  padding: fc.integer({ min: 0, max: 2 }),
  outputs: fc.integer({ min: 1, max: 20 }),
  normalized: fc.boolean(),
  rectified: fc.boolean(),
  blank: fc.constantFrom(0, 0.5, 0.8, 1),
  place: fc.constantFrom("first in the trunk", "behind batch norm", "first in the head"),
  changing: fc.boolean(),
  pairs: fc.integer({ min: 1, max: 9 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(),
} as const;

const anyBlock: fc.Arbitrary<Block> = fc.record({
  ...drawn,
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 2 }),
  channels: fc.integer({ min: 1, max: 9 }),
  height: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 4 }),
});

/** Most of these go by Winograd, over maps that are whole tiles and maps that are not. */
const winogradBlock: fc.Arbitrary<Block> = fc.record({
  ...drawn,
  kernel: fc.integer({ min: 2, max: 3 }),
  stride: fc.constant(1),
  channels: fc.constantFrom(4, 8, 16),
  height: fc.integer({ min: 1, max: 5 }),
  width: fc.integer({ min: 1, max: 5 }),
});

/** These get their weights' gradient from the moments of patches. With one weight it would be 0, and all of it rounding. */
const firstBlock: fc.Arbitrary<Block> = fc.record({
  ...drawn,
  kernel: fc.integer({ min: 2, max: 7 }),
  stride: fc.constant(1),
  padding: fc.constant(0),
  channels: fc.constant(1),
  normalized: fc.constant(true),
  place: fc.constant("first in the trunk" as const),
  height: fc.integer({ min: 3, max: 9 }),
  width: fc.integer({ min: 3, max: 9 }),
});

const blocks = fc
  .oneof(anyBlock, winogradBlock, firstBlock)
  .filter((block) => Math.min(side(block, block.height), side(block, block.width)) >= 1);

/** The image side from which the convolution makes `pooled` windows of two. */
function side({ kernel, stride, padding }: Block, pooled: number): number {
  return (2 * pooled - 1) * stride + kernel - 2 * padding;
}

function inputOf(block: Block): InputSpec {
  return { height: side(block, block.height), width: side(block, block.width), channels: block.channels, classes: 10 };
}

function networkOf({ outputs, kernel, stride, padding, normalized, rectified, place }: Block): Network {
  const block: Layer[] = [
    convolution(outputs, kernel, { stride, padding }),
    ...(normalized ? [batchNorm()] : []),
    maxPool(2),
    ...(rectified ? [relu()] : []),
    flatten(),
  ];
  if (place === "first in the head") return { trunk: [], head: [...block, linear(2)] };
  return { trunk: place === "behind batch norm" ? [batchNorm(), ...block] : block, head: [linear(2)] };
}

/**
 * Pairs of noise on a blank background. One pixel in five is never blank: batch norm blows up what has no variance. Nor is
 * any where Winograd may look at them: over equal pixels windows tie, and its rounding breaks ties otherwise.
 */
function pairsOf(block: Block, count: number): Pairs {
  const next = uniform(block.seed);
  if (block.place === "behind batch norm" || block.channels % 8 === 0)
    return randomPairs(inputOf(block), count, block.seed);
  const pairs = randomPairs(inputOf(block), count, block.seed);
  return { ...pairs, images: pairs.images.map((pixel, i) => (i % 5 > 0 && next() < block.blank ? 0 : pixel)) };
}

/** Puts the background anywhere but at 0. */
const SCALE = { mean: 0.3, deviation: 0.8 };

/**
 * A model with the block fused, and the same model without fused layers. Some γ are 0.
 *
 * @param shortcuts  those of the second; with all, its convolution's output has the same bits
 */
function bothWays(block: Block, shortcuts: readonly Shortcut[]): { fused: Model; single: Model } {
  const make = (options: Partial<ModelOptions>) =>
    randomModel(networkOf(block), inputOf(block), { batchSize: block.batchSize, ...options }, block.seed);
  const [fused, single] = [make({ changing: block.changing }), make({ fuse: false, shortcuts })];
  const next = uniform(block.seed);
  for (const tensor of single.state()) {
    if (tensor.spec.name !== "weight" || "bound" in tensor.spec.start) continue;
    tensor.write(
      single.kernels,
      tensor.read(single.kernels).map((gamma) => (next() < 0.2 ? 0 : gamma)),
    );
  }
  copyState(single, fused);
  return { fused, single };
}

const property = (holds: (block: Block) => void, among = blocks) =>
  fc.assert(fc.property(among, holds), { seed: 1, numRuns: 100 });

describe("a block does what its layers do one by one", () => {
  it("evaluates to the very same bits, whatever its shape and batches, where the convolution does", () => {
    property((block) => {
      // Passing over blank pixels rounds otherwise, and only a block does it.
      const dense = { ...block, blank: 0 };
      const { fused, single } = bothWays(dense, allShortcuts);
      const pairs = pairsOf(dense, block.pairs);
      expect(fused.evaluate(loadUnscaled(fused, pairs))).toEqual(single.evaluate(loadUnscaled(single, pairs)));
    });
  });

  it("gives the same loss, gradients and running statistics, in full batches and short ones", () => {
    property((block) => {
      const { fused, single } = bothWays(block, []);
      const pairs = pairsOf(block, block.pairs);
      const [loadedFused, loadedSingle] = [fused.load(pairs, SCALE), single.load(pairs, SCALE)];
      for (let start = 0; start < block.pairs; start += block.batchSize) {
        const batch = range(start, Math.min(start + block.batchSize, block.pairs));
        const [actual, expected] = [fused.gradient(loadedFused, batch), single.gradient(loadedSingle, batch)];
        expectClose(actual, expected, "loss");
        expectSameGradients(fused, single);
      }
      expectClose(fused.evaluate(loadedFused).loss, single.evaluate(loadedSingle).loss, "evaluation loss");
      for (const { name } of single.tensors.buffers)
        expectAllClose(tensorOf(fused, name), tensorOf(single, name), name);
    });
  });

  it("breaks the same ties, on images and weights of a few whole numbers", () => {
    // A batch norm before the convolution would blur the ties, and so would Winograd's fractions.
    const exact = blocks.filter(({ place, channels }) => place !== "behind batch norm" && channels % 4 !== 0);
    property((block) => {
      const { fused, single } = bothWays(block, allShortcuts);
      const next = uniform(block.seed);
      const [weight, bias] = single.state();
      for (const tensor of [weight, bias])
        tensor?.write(
          single.kernels,
          Float32Array.from(tensor.positions, () => Math.floor(3 * next()) - 1),
        );
      copyState(single, fused);
      const noise = randomPairs(inputOf(block), block.batchSize, block.seed);
      const pairs = { ...noise, images: noise.images.map((pixel) => Math.round(pixel / 2)) };
      const batch = range(0, block.batchSize);
      fused.gradient(loadUnscaled(fused, pairs), batch);
      single.gradient(loadUnscaled(single, pairs), batch);
      expectSameGradients(fused, single);
    }, exact);
  });
});

describe("a block agrees with the definitions of its layers", () => {
  const images: InputSpec = { height: 6, width: 4, channels: 2, classes: 3 };
  it.each<[string, Layer[]]>([
    ["convolution, pooling", [convolution(3, 3), maxPool(2)]],
    ["convolution, pooling, ReLU", [convolution(3, 3), maxPool(2), relu()]],
    ["convolution, batch norm, pooling", [convolution(3, 3), batchNorm(), maxPool(2)]],
    ["convolution, batch norm, pooling, ReLU", [convolution(3, 3), batchNorm(), maxPool(2), relu()]],
    [
      "two blocks",
      [
        convolution(3, 3, { padding: 1 }),
        batchNorm(),
        maxPool(2),
        convolution(2, 2, { padding: 1, stride: 2 }),
        maxPool(2),
        relu(),
      ],
    ],
  ])("%s", (_, layers) => {
    const network = { trunk: [...layers, flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 3));
  });
});

describe("layers that make no block are run one by one", () => {
  it.each<[string, number, number, Layer]>([
    ["an odd height, whose last row is dropped", 6, 7, maxPool(2)],
    ["an odd width, whose last column is dropped", 7, 6, maxPool(2)],
    ["pooling over windows of 3", 9, 7, maxPool(3)],
    ["pooling over windows of 1", 5, 5, maxPool(1)],
  ])("%s", (_, height, width, pooling) => {
    const images: InputSpec = { height, width, channels: 1, classes: 3 };
    const network = { trunk: [convolution(3, 2), batchNorm(), pooling, relu(), flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images, { fuse: true }), randomPairs(images, 3));
  });
});

it("evaluation pools by the sign that γ has now, not by the one it had in training", () => {
  const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 10 };
  const network = { trunk: [convolution(4, 3), batchNorm(), maxPool(2), flatten()], head: [linear(2)] };
  const [fused, single] = [true, false].map((fuse) => randomModel(network, images, { fuse })) as [Model, Model];
  const pairs = randomPairs(images, 4);
  const loaded = loadUnscaled(fused, pairs);
  const evaluate = () => {
    copyState(fused, single);
    expect(fused.evaluate(loaded)).toEqual(single.evaluate(loadUnscaled(single, pairs)));
  };
  evaluate();
  fused.gradient(loaded, [0, 1, 2, 3]);
  const gamma = fused.state().find(({ name }) => name === "trunk.1.weight");
  gamma?.write(
    fused.kernels,
    gamma.read(fused.kernels).map((value) => -value),
  );
  evaluate();
});

it("pairs of different backgrounds can take turns, in training and in evaluation", () => {
  const images: InputSpec = { height: 6, width: 6, channels: 1, classes: 10 };
  const network = { trunk: [convolution(8, 3), batchNorm(), maxPool(2), relu(), flatten()], head: [linear(2)] };
  const noise = randomPairs(images, 4);
  const pairs = { ...noise, images: noise.images.map((pixel, i) => (i % 5 > 0 ? 0 : pixel)) };
  const [first, second] = [
    { mean: 0.5, deviation: 1 },
    { mean: 2, deviation: 3 },
  ];
  const [model, fresh] = [randomModel(network, images), randomModel(network, images)];
  const [one, other, alone] = [model.load(pairs, first), model.load(pairs, second), fresh.load(pairs, second)];
  model.evaluate(one);
  expect(model.evaluate(other)).toEqual(fresh.evaluate(alone));
  model.gradient(one, [0, 1, 2, 3]);
  expect(model.gradient(other, [3, 1])).toBe(fresh.gradient(alone, [3, 1]));
  for (const { name } of fresh.tensors.parameters)
    expect(tensorOf(model, name, "gradients")).toEqual(tensorOf(fresh, name, "gradients"));
});

it("more channels that win in one place than 16 bits count send back all their gradients", () => {
  const images: InputSpec = { height: 2, width: 2, channels: 1, classes: 2 };
  const network = {
    trunk: [convolution(1, 1), convolution(65_544, 1), maxPool(2), relu(), flatten()],
    head: [linear(2)],
  };
  const made = [allShortcuts, []].map((shortcuts) => {
    const model = randomModel(network, images, { shortcuts, batchSize: 1 });
    // Every channel's largest output is at the first pixel.
    for (const tensor of model.state().slice(0, 4))
      tensor.write(model.kernels, new Float32Array(tensor.positions.length).fill(0.5));
    const pairs = { ...randomPairs(images, 1), images: Float32Array.of(9, 1, 2, 3, 8, 3, 2, 1) };
    model.gradient(loadUnscaled(model, pairs), [0]);
    return model;
  });
  const [first, second] = made.map((model) => tensorOf(model, "trunk.0.weight", "gradients"));
  expect(first?.[0]).not.toBe(0);
  expectAllClose(first as Float32Array, second as Float32Array, "trunk.0.weight");
});
