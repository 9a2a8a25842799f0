import { type Activations, SLACK } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { Panels } from "../products/panels.js";
import { Border } from "./border.js";
import type { ConvolutionContext, ConvolutionMethod } from "./method.js";
import type { PatchConvolution } from "./patches.js";
import { TileMap } from "./tile-map.js";
import { pointsOf, type WinogradTransforms, type WinogradVariant } from "./winograd-variant.js";

/** The tiles whose points are multiplied together: enough to fill the GEMM, few enough for the second-level cache. */
const TILES_AT_A_TIME = 32;
/**
 * The forward pass keeps at most this many floats of input points for the weights' gradient. More would not fit the second-level
 * cache, and computing them again was measured faster.
 */
const KEPT = 128 * 1024;
/** Keeps the points of a tile from being a power of two apart, where they would share cache sets. */
const STAGGER = 64;

/** A convolution with stride 1 by one of Winograd's algorithms. Its tiles may reach beyond the map. */
export class WinogradConvolution implements ConvolutionMethod {
  readonly panels: Panels;
  readonly pixels: number;
  readonly group: number;
  readonly studies = [];
  readonly #patches: PatchConvolution | undefined;
  readonly #kernels: KernelSpace;
  readonly #transforms: WinogradTransforms;
  readonly #points: number;
  readonly #input: Activations;
  /** The tiles of one image. */
  readonly #tiles: number;
  readonly #border: Border;
  /** The places of a group's tiles in the bordered images, and of their outputs in the rows of output. */
  readonly #corners: Pointer;
  readonly #outputRows: Pointer;
  /** Rows for outputs beyond the map: one of zeros for their gradients, one to which they are written. */
  readonly #zeros: Pointer;
  readonly #dropped: Pointer;
  /** [points][outputs/8][channels][8]; the transposed [points][channels/8][outputs][8]; and the gradient of the first. */
  readonly #weights: Pointer;
  readonly #transposed: Pointer;
  readonly #weightsGradient: Pointer;
  readonly #weightBytes: number;
  /** Whether the whole batch's input points are kept for the weights' gradient. */
  readonly #keeps: boolean;
  /** The input points of a group or of the batch, [points][tiles, channels], and the gradient of a group's. */
  readonly #seen: Pointer;
  readonly #seenBytes: number;
  readonly #seenGradient: Pointer;
  readonly #seenGradientBytes: number;
  /** A group's output points, or their gradient, [points][tiles, outputs]. */
  readonly #products: Pointer;
  readonly #productBytes: number;

  /** @param patches  if given, it computes the weights' gradient instead */
  constructor(context: ConvolutionContext, variant: WinogradVariant, patches?: PatchConvolution) {
    const { build, placed, layer, input, order, panels } = context;
    const { kernels, examples } = build;
    const { tile } = variant;
    const [channels, outputs] = [input.stride, panels.columns];
    this.panels = panels;
    this.#patches = patches;
    this.#kernels = kernels;
    this.#transforms = variant.transforms(kernels.run);
    this.#points = pointsOf(variant);
    this.#input = input;
    this.pixels = order.length;

    const map = new TileMap(placed.output, tile);
    this.#tiles = map.tiles;
    this.group = Math.max(1, Math.floor(TILES_AT_A_TIME / this.#tiles));
    this.#border = new Border(kernels, input, layer.padding, {
      images: this.group,
      height: map.down * tile + layer.kernel - 1,
      width: map.across * tile + layer.kernel - 1,
    });
    this.#corners = map.corners(kernels, this.group, this.#border, channels * 4);
    this.#outputRows = map.outputRows(kernels, this.group, order, outputs * 4);
    this.#zeros = kernels.allocate(outputs);
    this.#dropped = kernels.allocate(outputs);

    const points = (rowCount: number, columns: number): [Pointer, number] => {
      const bytes = rowCount * columns * 4 + STAGGER;
      return [kernels.allocate((this.#points * bytes) / 4), bytes];
    };
    [this.#weights, this.#weightBytes] = points(channels, outputs);
    [this.#transposed] = points(channels, outputs);
    [this.#weightsGradient] = points(channels, outputs);
    this.#keeps = examples * this.#tiles * channels * this.#points <= KEPT;
    const together = this.group * this.#tiles;
    const seen = points((this.#keeps ? examples * this.#tiles : together) + SLACK, channels);
    [this.#seen, this.#seenBytes] = seen;
    // The GEMM works on tiles of 4 rows and may write beyond its group. It must not write over points that are kept.
    [this.#seenGradient, this.#seenGradientBytes] = this.#keeps ? points(together + SLACK, channels) : seen;
    [this.#products, this.#productBytes] = points(together + SLACK, outputs);
  }

  beginForward(): void {
    const { panels } = this;
    this.#transforms.weights(
      panels.weight.values,
      panels.panelBytes,
      panels.columns / 8,
      this.#input.stride,
      this.#weights,
      this.#weightBytes,
    );
  }

  forward(first: number, images: number, y: Pointer): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    const tiles = images * this.#tiles;
    const seen = this.#seenAt(first);
    this.#see(first, images);
    for (let point = 0; point < this.#points; point++)
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemm(
        tiles, outputs / 8, channels,
        seen + point * this.#seenBytes, channels * 4, 4,
        this.#weights + point * this.#weightBytes, channels * 32, 32,
        this.#zeros, 0, 0,
        this.#products + point * this.#productBytes, outputs * 4, 32,
      );
    this.#transforms.output(
      this.#products,
      this.#productBytes,
      tiles,
      outputs,
      this.panels.bias.values,
      y,
      this.#outputRows,
      this.#dropped,
    );
  }

  beginBackward(): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    this.#kernels.floats(this.#weightsGradient, (this.#points * this.#weightBytes) / 4).fill(0);
    if (!this.#input.gradients) return;
    for (let point = 0; point < this.#points; point++) {
      const at = point * this.#weightBytes;
      this.#kernels.run.transpose(
        this.#weights + at,
        32,
        channels * 32,
        channels,
        outputs,
        this.#transposed + at,
        32,
        outputs * 32,
      );
    }
  }

  backward(first: number, images: number, yGradient: Pointer): void {
    this.#transforms.outputGradient(
      yGradient,
      this.#outputRows,
      this.#zeros,
      images * this.#tiles,
      this.panels.columns,
      this.#products,
      this.#productBytes,
    );
    if (this.#patches) this.#patches.weightGradient(first, images, yGradient);
    else this.#addWeightsGradient(first, images);
    if (this.#input.gradients) this.#putInputGradient(first, images);
  }

  endBackward(): void {
    if (this.#patches) return;
    const { panels } = this;
    this.#transforms.weightsGradient(
      this.#weightsGradient,
      this.#weightBytes,
      panels.weight.gradients,
      panels.panelBytes,
      panels.columns / 8,
      this.#input.stride,
    );
  }

  /** The input points of the group that starts at an image. */
  #seenAt(first: number): Pointer {
    return this.#seen + (this.#keeps ? first * this.#tiles * this.#input.stride * 4 : 0);
  }

  /** Computes a group's input points. */
  #see(first: number, images: number): void {
    this.#transforms.input(
      this.#border.open(first, images),
      this.#corners,
      images * this.#tiles,
      this.#border.rowBytes,
      this.#input.stride,
      this.#seenAt(first),
      this.#seenBytes,
    );
  }

  /** ∂L/∂(G g Gᵀ) += (input points)ᵀ · ∂L/∂(output points). */
  #addWeightsGradient(first: number, images: number): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    const seen = this.#seenAt(first);
    if (!this.#keeps) this.#see(first, images);
    for (let point = 0; point < this.#points; point++) {
      const gradient = this.#weightsGradient + point * this.#weightBytes;
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemm(
        channels, outputs / 8, images * this.#tiles,
        seen + point * this.#seenBytes, 4, channels * 4,
        this.#products + point * this.#productBytes, 32, outputs * 4,
        gradient, 32, channels * 32,
        gradient, 32, channels * 32,
      );
    }
  }

  /** ∂L/∂(input points) = ∂L/∂(output points) · (G g Gᵀ)ᵀ, and from it the pixels' gradient. */
  #putInputGradient(first: number, images: number): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    const tiles = images * this.#tiles;
    for (let point = 0; point < this.#points; point++)
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemm(
        tiles, channels / 8, outputs,
        this.#products + point * this.#productBytes, outputs * 4, 4,
        this.#transposed + point * this.#weightBytes, outputs * 32, 32,
        this.#zeros, 0, 0,
        this.#seenGradient + point * this.#seenGradientBytes, channels * 4, 32,
      );
    this.#transforms.inputGradient(
      this.#seenGradient,
      this.#seenGradientBytes,
      tiles,
      channels,
      this.#border.openGradient(first, images),
      this.#corners,
      this.#border.rowBytes,
    );
    this.#border.closeGradient(first, images);
  }
}
