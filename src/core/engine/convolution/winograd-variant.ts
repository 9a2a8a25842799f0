import type { KernelExports } from "../kernels.js";
import type { ConvolutionContext } from "./method.js";

/** The transforms of one of Winograd's algorithms. `kernels/winograd-2x2.ts` says what they compute. */
export interface WinogradTransforms {
  readonly input: KernelExports["winograd2x2Input"];
  readonly inputGradient: KernelExports["winograd2x2InputGradient"];
  readonly output: KernelExports["winograd2x2Output"];
  readonly outputGradient: KernelExports["winograd2x2OutputGradient"];
  readonly weights: KernelExports["winograd2x2Weights"];
  readonly weightsGradient: KernelExports["winograd2x2WeightsGradient"];
}

/** One of Winograd's algorithms F(tile×tile, taps×taps). */
export interface WinogradVariant {
  /** The outputs along each side of a tile. */
  readonly tile: number;
  /** The weights along each side of the kernel. */
  readonly taps: number;
  /**
   * The cost of the transforms of one channel of one tile, in multiply-adds of the GEMM, averaged over the three products of forward
   * and backward. It was fitted to times against patches from 8 to 64 channels, and is right to about a third. It decides only
   * close cases. `bench/convolutions.ts` times any 3×3 shape both ways.
   */
  readonly transformCost: number;
  transforms(run: KernelExports): WinogradTransforms;
}

/**
 * F(2×2, 3×3) is left out: over 14×14 and 7×7 maps it takes 784 and 256 products where F(4×4, 3×3) takes 576 and 144.
 */
export const winogradVariants: readonly WinogradVariant[] = [
  {
    tile: 4,
    taps: 2,
    transformCost: 90,
    transforms: (run) => ({
      input: run.winograd2x2Input,
      inputGradient: run.winograd2x2InputGradient,
      output: run.winograd2x2Output,
      outputGradient: run.winograd2x2OutputGradient,
      weights: run.winograd2x2Weights,
      weightsGradient: run.winograd2x2WeightsGradient,
    }),
  },
  {
    tile: 4,
    taps: 3,
    transformCost: 160,
    transforms: (run) => ({
      input: run.winograd3x3Input,
      inputGradient: run.winograd3x3InputGradient,
      output: run.winograd3x3Output,
      outputGradient: run.winograd3x3OutputGradient,
      weights: run.winograd3x3Weights,
      weightsGradient: run.winograd3x3WeightsGradient,
    }),
  },
];

/** The points of a tile: the products that replace tile² · taps² others. */
export const pointsOf = ({ tile, taps }: WinogradVariant): number => (tile + taps - 1) ** 2;

/**
 * The variant that computes a convolution with the fewest operations, if any takes fewer than patches do. A tile that reaches beyond
 * the map counts in full. The fewer channels there are, the more the transforms weigh.
 */
export function winogradVariant({ placed, layer, input, panels }: ConvolutionContext): WinogradVariant | undefined {
  const { height, width } = placed.output;
  const [channels, outputs] = [input.stride, panels.columns];
  if (layer.stride !== 1 || channels % 8 !== 0) return undefined;
  let fewest = height * width * layer.kernel ** 2 * channels * outputs;
  let best: WinogradVariant | undefined;
  for (const variant of winogradVariants.filter(({ taps }) => taps === layer.kernel)) {
    const tiles = Math.ceil(height / variant.tile) * Math.ceil(width / variant.tile);
    const operations = tiles * (pointsOf(variant) * channels * outputs + variant.transformCost * (channels + outputs));
    if (operations >= fewest) continue;
    fewest = operations;
    best = variant;
  }
  return best;
}
