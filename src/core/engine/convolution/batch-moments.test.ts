import fc from "fast-check";
import { expect, it } from "vitest";
import { newKernels } from "../../../../test/support/kernels.js";
import { uniform } from "../../../../test/support/models.js";
import { lessOrEqual } from "../../data/relations.js";
import { convolution, flatten, linear } from "../../network/index.js";
import { layersOf } from "../../network/network.js";
import { placeNetwork } from "../../network/place-network.js";
import { allocateImages } from "../activations.js";
import { TensorSpace } from "../parameters.js";
import { allShortcuts } from "../shortcuts.js";
import { BatchMoments } from "./batch-moments.js";
import { convolutionContext } from "./choose.js";
import { PatchConvolution } from "./patches.js";

/** How far a moment may be from double precision, relative to the largest: sums of 64 numbers in single precision. */
const ALLOWED = 1e-6;

/** Sums of products are of numbers around 1, not around 0, so that they grow with their count. */
const noise = (count: number, seed: number) => {
  const next = uniform(seed);
  return Float32Array.from({ length: count }, () => 3 * next() - 1);
};

it("are those of the patches' definition, whatever the kernel, the images and their number", () => {
  const shapes = fc.record({
    kernel: fc.integer({ min: 1, max: 7 }),
    height: fc.integer({ min: 7, max: 21 }),
    width: fc.integer({ min: 7, max: 21 }),
    images: fc.integer({ min: 1, max: 150 }),
    seed: fc.nat(),
  });
  const holds = ({ kernel, height, width, images, seed }: typeof shapes extends fc.Arbitrary<infer S> ? S : never) => {
    const kernels = newKernels();
    const layer = convolution(3, kernel);
    const network = { trunk: [layer, flatten()], head: [linear(2)] };
    const [placed] = layersOf(placeNetwork(network, { height, width, channels: 1, classes: 2 }));
    if (!placed || layer.kind !== "convolution") throw new Error("no convolution");
    const input = allocateImages(kernels, placed.input, 1, images);
    const build = {
      ...{ kernels, tensors: new TensorSpace(), examples: images, dropout: 0, dropoutState: 0 },
      ...{ shortcuts: allShortcuts, zeros: kernels.allocate(32), relation: lessOrEqual, changing: true },
    };
    const { height: down, width: across } = placed.output;
    const order = Int32Array.from({ length: down * across }, (_, pixel) => pixel);
    const context = convolutionContext({ build, placed, layer, input, order, normalized: true });
    expect(BatchMoments.serves(context)).toBe(true);
    const batch = new BatchMoments(context, new PatchConvolution(context));
    const pixels = noise(images * height * width, seed);
    for (let image = 0; image < images; image++)
      kernels
        .floats(input.values + image * input.size * 4, height * width)
        .set(pixels.subarray(image * height * width, (image + 1) * height * width));

    batch.measure(images);

    const taps = kernel ** 2;
    const [products, sums] = [new Float64Array(taps * taps), new Float64Array(taps)];
    for (let image = 0; image < images; image++)
      for (let y = 0; y < down; y++)
        for (let x = 0; x < across; x++) {
          const patch = Array.from(
            { length: taps },
            (_, tap) => pixels[(image * height + y + Math.floor(tap / kernel)) * width + x + (tap % kernel)] as number,
          );
          patch.forEach((p, i) => {
            sums[i] = (sums[i] as number) + p;
            patch.forEach((q, j) => {
              products[i * taps + j] = (products[i * taps + j] as number) + p * q;
            });
          });
        }
    const { moments } = batch;
    const far = (actual: number, expected: number, all: Float64Array) =>
      Math.abs(actual - expected) / Math.max(...all.map(Math.abs));
    const actualSums = kernels.doubles(moments.sums, taps);
    const actual = kernels.doubles(moments.products, moments.rows * moments.columns);
    for (let i = 0; i < taps; i++) {
      expect(far(actualSums[i] as number, sums[i] as number, sums)).toBeLessThan(ALLOWED);
      for (let j = 0; j < taps; j++)
        expect(far(actual[i * moments.columns + j] as number, products[i * taps + j] as number, products)).toBeLessThan(
          ALLOWED,
        );
    }
  };
  fc.assert(fc.property(shapes, holds), { seed: 1, numRuns: 12 });
});
