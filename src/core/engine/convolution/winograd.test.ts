import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Convolved,
  type Products,
  productsBy,
  productsByDefinition,
  withPanels,
} from "../../../../test/support/convolutions.js";
import { convolutionContext, convolutionMethod } from "./choose.js";
import type { ConvolutionContext, ConvolutionMethod } from "./method.js";
import { PatchConvolution } from "./patches.js";
import { WinogradConvolution } from "./winograd.js";
import { winogradVariant, winogradVariants } from "./winograd-variant.js";

/** How far from double precision each product may be, relative, in L2: twice what is seen. */
const ALLOWED = 2e-6;

const shapesOf = (kernel: number): fc.Arbitrary<Convolved> =>
  fc
    .record({
      height: fc.integer({ min: 1, max: 15 }),
      width: fc.integer({ min: 1, max: 15 }),
      channels: fc.constantFrom(8, 16, 24),
      outputs: fc.integer({ min: 1, max: 20 }),
      kernel: fc.constant(kernel),
      padding: fc.integer({ min: 0, max: 3 }),
      images: fc.integer({ min: 1, max: 5 }),
      seed: fc.nat(),
    })
    .filter(({ height, width, padding }) => Math.min(height, width) + 2 * padding >= kernel);

function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  const squares = (value: (i: number) => number) =>
    Array.from(expected, (_, i) => value(i) ** 2).reduce((a, b) => a + b);
  const norm = Math.sqrt(squares((i) => expected[i] as number));
  return Math.sqrt(squares((i) => (actual[i] as number) - (expected[i] as number))) / norm;
}

function expectNear(actual: Products, expected: Products): void {
  for (const product of ["output", "inputGradient", "weightGradient"] as const)
    expect(distance(actual[product], expected[product]), product).toBeLessThan(ALLOWED);
}

const by = (make: (context: ConvolutionContext) => ConvolutionMethod) => (shape: Convolved) =>
  productsBy(withPanels(make), shape);

describe.each(winogradVariants)("Winograd for $taps×$taps weights, whether it is the fastest or not", (variant) => {
  const winograd = by((context) => new WinogradConvolution(context, variant));
  const property = (holds: (shape: Convolved) => void) =>
    fc.assert(fc.property(shapesOf(variant.taps), holds), { seed: 1, numRuns: 60 });

  it("is the convolution that its definition says, and so are its gradients", () => {
    property((shape) => expectNear(winograd(shape), productsByDefinition(shape)));
  });

  it("is the convolution that patches compute, and so are its gradients", () => {
    const patches = by((context) => new PatchConvolution(context));
    property((shape) => expectNear(winograd(shape), patches(shape)));
  });
});

describe("the method with the fewest operations", () => {
  const chosen = (shape: Partial<Convolved>): string => {
    let choice = "";
    const full = {
      height: 14,
      width: 14,
      channels: 32,
      outputs: 32,
      kernel: 3,
      padding: 1,
      images: 1,
      seed: 1,
      ...shape,
    };
    const look = withPanels((context) => {
      choice = winogradVariant(context) ? "Winograd" : "patches";
      return new PatchConvolution(context);
    });
    productsBy(look, full);
    return choice;
  };

  it.each<[string, Partial<Convolved>, string]>([
    ["a padded 3×3 over 14×14", {}, "Winograd"],
    ["a padded 3×3 over 7×7", { height: 7, width: 7, channels: 64, outputs: 64 }, "Winograd"],
    ["a padded 3×3 over 2×2 of few channels", { height: 2, width: 2, channels: 16, outputs: 16 }, "patches"],
    ["a padded 3×3 over 1×1, where most of a tile is beyond the map", { height: 1, width: 1 }, "patches"],
    ["5×5 maps of many channels", { height: 5, width: 5 }, "Winograd"],
    ["channels that fill no whole vector", { channels: 12, outputs: 8, height: 3, width: 3 }, "Winograd"],
    ["the second convolution of the paper's networks", { height: 5, width: 5, kernel: 2, padding: 0 }, "Winograd"],
    ["a 2×2 over 3×3", { height: 3, width: 3, kernel: 2, padding: 0 }, "patches"],
    ["a 5×5", { kernel: 5, padding: 2 }, "patches"],
  ])("for %s", (_, shape, expected) => {
    expect(chosen(shape)).toBe(expected);
  });

  it("leaves the weights' gradient to patches where no batch norm follows", () => {
    const shape = { height: 7, width: 7, channels: 16, outputs: 16, kernel: 3, padding: 1, images: 3, seed: 1 };
    const plain = productsBy(
      (request) => convolutionMethod(convolutionContext({ ...request, normalized: false })),
      shape,
    );
    const patches = by((context) => new PatchConvolution(context))(shape);
    expect(plain.weightGradient).toEqual(patches.weightGradient);
    expect(plain.output).not.toEqual(patches.output);
  });
});
