import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference, expectReferenceAlongDirections } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, range } from "../../../../test/support/models.js";
import {
  batchNorm,
  convolution,
  dropout,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  relu,
  residual,
} from "../../network/index.js";
import type { Model } from "../model.js";

/** A convolution with the layers behind it, as far as they are there. */
interface Step {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly normalized: boolean;
  readonly pooled: boolean;
  readonly rectified: boolean;
}

interface Chain {
  readonly steps: readonly Step[];
  readonly height: number;
  readonly width: number;
  readonly pairs: number;
  readonly batchSize: number;
  readonly seed: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  channels: fc.integer({ min: 1, max: 17 }),
  kernel: fc.constantFrom(1, 3, 3, 5),
  stride: fc.constantFrom(1, 1, 1, 2),
  normalized: fc.constantFrom(true, true, false),
  pooled: fc.boolean(),
  rectified: fc.boolean(),
});

const chains = (among: fc.Arbitrary<Step>): fc.Arbitrary<Chain> =>
  fc.record({
    steps: fc.array(among, { minLength: 2, maxLength: 4 }),
    height: fc.integer({ min: 6, max: 16 }),
    width: fc.integer({ min: 6, max: 16 }),
    pairs: fc.integer({ min: 1, max: 7 }),
    batchSize: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
  });

const layersOf = ({ channels, kernel, stride, normalized, pooled, rectified }: Step): Layer[] => [
  convolution(channels, kernel, { stride, padding: (kernel - 1) / 2 }),
  ...(normalized ? [batchNorm()] : []),
  ...(pooled ? [maxPool(2)] : []),
  ...(rectified ? [relu()] : []),
];

/** Losses, gradients and the state after training on all pairs, and an evaluation: all bits. */
function bitsOf(model: Model, { pairs: count, batchSize, seed, height, width }: Chain) {
  const pairs = loadUnscaled(model, randomPairs({ height, width, channels: 1, classes: 3 }, count, seed));
  const batches: Float32Array[][] = [];
  const losses: number[] = [];
  for (let start = 0; start < count; start += batchSize) {
    losses.push(model.gradient(pairs, range(start, Math.min(start + batchSize, count))));
    batches.push(model.tensors.parameters.map((tensor) => tensor.read(model.kernels, "gradients")));
  }
  const state = model.state().map((tensor) => tensor.read(model.kernels));
  return { losses, batches, state, evaluation: model.evaluate(pairs) };
}

function modelOf({ height, width, batchSize, seed }: Chain, trunk: Layer[], fuse = true): Model {
  const input: InputSpec = { height, width, channels: 1, classes: 3 };
  return randomModel({ trunk: [...trunk, flatten()], head: [linear(2)] }, input, { batchSize, fuse }, seed);
}

/** Whether every map has the pixels that the next layer needs. */
function fits({ steps, height, width }: Chain): boolean {
  let side = Math.min(height, width);
  return steps.every(({ stride, pooled }) => {
    side = Math.floor((side - 1) / stride) + 1;
    if (pooled) side = Math.floor(side / 2);
    return side >= 1;
  });
}

const property = (chain: fc.Arbitrary<Chain>, holds: (chain: Chain) => void) =>
  fc.assert(fc.property(chain.filter(fits), holds), { seed: 1, numRuns: 60 });

describe("a convolution with batch norm has the bits of its layers one by one", () => {
  const unpooled = step.map((each) => ({ ...each, pooled: false }));

  it("in a chain of any shapes, in full batches and short ones", () => {
    property(chains(unpooled), (chain) => {
      const trunk = chain.steps.flatMap(layersOf);
      expect(bitsOf(modelOf(chain, trunk), chain)).toEqual(bitsOf(modelOf(chain, trunk, false), chain));
    });
  });

  it("in both branches of residual layers", () => {
    property(chains(unpooled), (chain) => {
      const trunk = chain.steps.flatMap(({ channels, ...each }) => [
        residual(
          [...layersOf({ ...each, channels }), convolution(9, 3, { padding: 1 }), batchNorm()],
          layersOf({ ...each, channels: 9 }),
        ),
        relu(),
      ]);
      expect(bitsOf(modelOf(chain, trunk), chain)).toEqual(bitsOf(modelOf(chain, trunk, false), chain));
    });
  });
});

describe("what is left to the convolution behind has the bits of what is computed before it", () => {
  it("in a chain of any shapes, pooled and not", () => {
    property(chains(step), (chain) => {
      const parts = chain.steps.map(layersOf);
      // Dropout of nothing changes nothing, and keeps a layer from leaving its values to the next.
      const apart = parts.flatMap((layers) => [...layers, dropout(0)]);
      expect(bitsOf(modelOf(chain, parts.flat()), chain)).toEqual(bitsOf(modelOf(chain, apart), chain));
    });
  });
});

describe("a convolution with batch norm agrees with the definitions of its layers", () => {
  const images: InputSpec = { height: 6, width: 5, channels: 2, classes: 3 };
  const padded = (channels: number) => convolution(channels, 3, { padding: 1 });
  it.each<[string, Layer[]]>([
    ["alone", [convolution(9, 3), batchNorm()]],
    ["with ReLU", [convolution(3, 2), batchNorm(), relu()]],
    ["without ReLU before another", [padded(3), batchNorm(), convolution(4, 3, { stride: 2 }), batchNorm()]],
    ["before a convolution without batch norm", [padded(3), batchNorm(), relu(), padded(4)]],
    ["before a block", [convolution(8, 2), batchNorm(), relu(), convolution(3, 2), batchNorm(), maxPool(2), relu()]],
  ])("%s", (_, layers) => {
    const network = { trunk: [...layers, flatten()], head: [linear(2)] };
    expectReference(randomModel(network, images), randomPairs(images, 3));
  });

  // Each gradient by itself takes 20 s in all.
  it("before another", () => {
    const trunk = [padded(9), batchNorm(), relu(), padded(8), batchNorm(), relu(), flatten()];
    expectReferenceAlongDirections(randomModel({ trunk, head: [linear(2)] }, images), randomPairs(images, 3));
  });
});
