import type { KernelExports } from "../kernels.js";
import type { ConvolutionContext } from "./method.js";
import { TileMap } from "./tile-map.js";

/**
 * The transforms of one of Winograd's algorithms. `kernels/winograd-2x2.ts` says what they compute. Those of tiles end with whether
 * these are 4 outputs high and 4 wide.
 */
export interface WinogradTransforms {
  readonly input: KernelExports["winograd2x2Input"];
  readonly inputGradient: KernelExports["winograd2x2InputGradient"];
  readonly output: KernelExports["winograd2x2Output"];
  readonly outputGradient: KernelExports["winograd2x2OutputGradient"];
  readonly weights: KernelExports["winograd2x2Weights"];
  readonly weightsGradient: KernelExports["winograd2x2WeightsGradient"];
}

/** Points that the same kinds of tiles have, one behind the other. */
export interface SharedPoints {
  readonly first: number;
  readonly count: number;
  /** The first of the variant's kinds that has them, and the one behind the last. */
  readonly kinds: readonly [from: number, to: number];
}

/** One of Winograd's algorithms F(m×n, taps×taps), m and n being the outputs along the sides of a tile. */
export interface WinogradVariant {
  /** The weights along each side of the kernel. */
  readonly taps: number;
  /** The kinds of tiles, in an order in which those that share points are neighbours. */
  readonly kinds: readonly (readonly [rows: number, columns: number])[];
  readonly points: readonly SharedPoints[];
  /**
   * The cost of the transforms of one channel of a tile of 4×4 outputs, in multiply-adds of the GEMM, averaged over the three products of
   * forward and backward. It was fitted to times against patches from 8 to 64 channels, and is right to about a third. Smaller tiles
   * cost as much for each point. It decides only close cases: over 2×2 maps patches took less time than a 3×3 tile with 16 channels, and
   * as much with 32, as it says. `bench/convolutions.ts` times any 3×3 shape both ways.
   */
  readonly transformCost: number;
  transforms(run: KernelExports): WinogradTransforms;
}

/** Sides of 3 outputs and of 4. */
const KINDS = [
  [3, 4],
  [4, 4],
  [4, 3],
  [3, 3],
] as const;

/** The order of points in `kernels/winograd-tiles.ts`: sides of 3 have all but one. */
const sharedPoints = (n: number): SharedPoints[] => [
  { first: 0, count: 1, kinds: [1, 2] },
  { first: 1, count: n, kinds: [1, 3] },
  { first: n + 1, count: n, kinds: [0, 2] },
  { first: 2 * n + 1, count: n ** 2, kinds: [0, 4] },
];

/**
 * F(2×2, 3×3) is left out: over 14×14 and 7×7 maps it takes 784 and 256 products where tiles of 3 and 4 take 484 and 121.
 */
export const winogradVariants: readonly WinogradVariant[] = [
  {
    taps: 2,
    kinds: KINDS,
    points: sharedPoints(4),
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
    taps: 3,
    kinds: KINDS,
    points: sharedPoints(5),
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

/** The points along a side of a tile with as many outputs. */
const alongSide = ({ taps }: WinogradVariant, outputs: number): number => outputs + taps - 1;

/** The points of all tiles together: the products that replace others. */
export const pointCount = ({ points }: WinogradVariant): number => points.reduce((sum, { count }) => sum + count, 0);

/** A map's tiles of the kinds that a variant has. */
export const tileMap = (variant: WinogradVariant, shape: ConvolutionContext["placed"]["output"]): TileMap =>
  new TileMap(shape, variant.kinds, (outputs) => alongSide(variant, outputs));

/**
 * The variant for a convolution, if it takes fewer operations than patches do. A tile that reaches beyond the map counts in full. The
 * fewer channels there are, the more the transforms weigh.
 */
export function winogradVariant({ placed, layer, input, panels }: ConvolutionContext): WinogradVariant | undefined {
  const { height, width } = placed.output;
  const [channels, outputs] = [input.stride, panels.columns];
  const variant = winogradVariants.find(({ taps }) => taps === layer.kernel);
  if (!variant || layer.stride !== 1 || channels % 8 !== 0) return undefined;
  const products = tileMap(variant, placed.output).kinds.reduce(
    (sum, { rows, columns, count }) => sum + count * alongSide(variant, rows) * alongSide(variant, columns),
    0,
  );
  const perPoint = channels * outputs + (variant.transformCost / pointCount(variant)) * (channels + outputs);
  return products * perPoint < height * width * layer.kernel ** 2 * channels * outputs ? variant : undefined;
}
