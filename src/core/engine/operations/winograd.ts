import { type Activations, SLACK } from "../activations.js";
import type { Kernels, Pointer, WinogradTransforms } from "../kernels.js";
import { Border } from "./border.js";
import type { ConvolutionMethod, ConvolutionSite } from "./convolution-method.js";
import type { Panels } from "./panels.js";
import type { PatchConvolution } from "./patches.js";
import { pointsOf, type WinogradVariant } from "./winograd-variant.js";

/** Tiles whose points are multiplied together: a compromise between the GEMM's efficiency and the cache, measured. */
const TILES_AT_A_TIME = 32;
/** Keeps the points of a tile off powers of two, where they would share cache sets. */
const STAGGER = 64;
/** The place of an output that lies beyond the map. */
const BEYOND = -1;

/**
 * A convolution with stride 1 by one of Winograd's algorithms. Tiles may reach beyond the map: there they read zeros, and
 * what they compute is dropped.
 */
export class WinogradConvolution implements ConvolutionMethod {
  readonly panels: Panels;
  readonly pixels: number;
  readonly group: number;
  readonly #patches: PatchConvolution | undefined;
  readonly #kernels: Kernels;
  readonly #transforms: WinogradTransforms;
  readonly #points: number;
  readonly #zeros: Pointer;
  readonly #input: Activations;
  readonly #border: Border;
  /** Tiles of one image. */
  readonly #tiles: number;
  /** For each tile of a group, bytes from the first image's corner to its own: u32 [tiles]. */
  readonly #corners: Pointer;
  /** For each tile of a group, bytes from y to each of its outputs, or BEYOND: u32 [tiles, tile²]. */
  readonly #outputRows: Pointer;
  /** Rows for outputs beyond the map: where they are written, and where their gradients, zeros, are read. */
  readonly #dropped: Pointer;
  readonly #droppedGradient: Pointer;
  /** [points][outputs/8][channels][8]; the transposed [points][channels/8][outputs][8]; and the gradient of the first. */
  readonly #weights: Pointer;
  readonly #transposed: Pointer;
  readonly #weightsGradient: Pointer;
  readonly #weightBytes: number;
  /** Input points of all images of the batch, [points][tiles, channels]: the weights' gradient needs them again. */
  readonly #seen: Pointer;
  readonly #seenBytes: number;
  /** Output points of a group, [points][tiles, outputs], and the gradient of its input points, [points][tiles, channels]. */
  readonly #products: Pointer;
  readonly #productBytes: number;
  readonly #seenGradient: Pointer;
  readonly #seenGradientBytes: number;

  /** @param patches  computes the weights' gradient instead, if given */
  constructor(site: ConvolutionSite, variant: WinogradVariant, patches?: PatchConvolution) {
    const { workshop, placed, layer, input, order, panels } = site;
    const { kernels, examples } = workshop;
    const { tile } = variant;
    const [channels, outputs] = [input.stride, panels.columns];
    const [down, across] = [Math.ceil(placed.output.height / tile), Math.ceil(placed.output.width / tile)];
    this.panels = panels;
    this.#patches = patches;
    this.#kernels = kernels;
    this.#transforms = variant.transforms(kernels.run);
    this.#points = pointsOf(variant);
    this.#zeros = workshop.zeros;
    this.#input = input;
    this.pixels = order.length;
    this.#tiles = down * across;
    this.group = Math.max(1, Math.floor(TILES_AT_A_TIME / this.#tiles));
    this.#border = new Border(kernels, input, layer.padding, {
      images: this.group,
      height: down * tile + layer.kernel - 1,
      width: across * tile + layer.kernel - 1,
    });

    const inGroup = this.group * this.#tiles;
    this.#corners = kernels.allocate(inGroup);
    this.#outputRows = kernels.allocate(inGroup * tile ** 2);
    this.#dropped = kernels.allocate(outputs);
    this.#droppedGradient = kernels.allocate(outputs);
    const corners = kernels.integers(this.#corners, inGroup);
    const rows = kernels.integers(this.#outputRows, inGroup * tile ** 2).fill(BEYOND);
    for (let image = 0; image < this.group; image++) {
      const first = image * this.#tiles;
      for (let t = 0; t < this.#tiles; t++) {
        const [y, x] = [Math.floor(t / across) * tile, (t % across) * tile];
        corners[first + t] = image * this.#border.imageBytes + y * this.#border.rowBytes + x * channels * 4;
      }
      order.forEach((pixel, row) => {
        const [y, x] = [Math.floor(pixel / placed.output.width), pixel % placed.output.width];
        const t = first + Math.floor(y / tile) * across + Math.floor(x / tile);
        rows[t * tile ** 2 + (y % tile) * tile + (x % tile)] = (image * this.pixels + row) * outputs * 4;
      });
    }

    const points = (rowCount: number, columns: number): [Pointer, number] => {
      const bytes = rowCount * columns * 4 + STAGGER;
      return [kernels.allocate((this.#points * bytes) / 4), bytes];
    };
    [this.#weights, this.#weightBytes] = points(channels, outputs);
    [this.#transposed] = points(channels, outputs);
    [this.#weightsGradient] = points(channels, outputs);
    [this.#seen, this.#seenBytes] = points(examples * this.#tiles + SLACK, channels);
    [this.#products, this.#productBytes] = points(inGroup + SLACK, outputs);
    [this.#seenGradient, this.#seenGradientBytes] = points(inGroup + SLACK, channels);
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
    const { run } = this.#kernels;
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    const seen = this.#seen + first * this.#tiles * channels * 4;
    this.#transforms.input(
      this.#border.open(first, images),
      this.#corners,
      images * this.#tiles,
      this.#border.rowBytes,
      channels,
      seen,
      this.#seenBytes,
    );
    for (let point = 0; point < this.#points; point++)
      run.gemm(
        images * this.#tiles,
        outputs / 8,
        channels,
        seen + point * this.#seenBytes,
        channels * 4,
        4,
        this.#weights + point * this.#weightBytes,
        channels * 32,
        32,
        this.#zeros,
        0,
        0,
        this.#products + point * this.#productBytes,
        outputs * 4,
        32,
      );
    this.#transforms.output(
      this.#products,
      this.#productBytes,
      images * this.#tiles,
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
      this.#kernels.run.transposePanels(this.#weights + at, channels, channels, outputs, this.#transposed + at);
    }
  }

  backward(first: number, images: number, yGradient: Pointer): void {
    this.#transforms.outputGradient(
      yGradient,
      this.#outputRows,
      this.#droppedGradient,
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

  /** ∂L/∂(G g Gᵀ) += (input points)ᵀ · ∂L/∂(output points). */
  #addWeightsGradient(first: number, images: number): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    const seen = this.#seen + first * this.#tiles * channels * 4;
    for (let point = 0; point < this.#points; point++) {
      const gradient = this.#weightsGradient + point * this.#weightBytes;
      this.#kernels.run.gemm(
        channels,
        outputs / 8,
        images * this.#tiles,
        seen + point * this.#seenBytes,
        4,
        channels * 4,
        this.#products + point * this.#productBytes,
        32,
        outputs * 4,
        gradient,
        32,
        channels * 32,
        gradient,
        32,
        channels * 32,
      );
    }
  }

  /** ∂L/∂(input points) = ∂L/∂(output points) · (G g Gᵀ)ᵀ, and from there to the pixels. */
  #putInputGradient(first: number, images: number): void {
    const { run } = this.#kernels;
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    for (let point = 0; point < this.#points; point++)
      run.gemm(
        images * this.#tiles,
        channels / 8,
        outputs,
        this.#products + point * this.#productBytes,
        outputs * 4,
        4,
        this.#transposed + point * this.#weightBytes,
        outputs * 32,
        32,
        this.#zeros,
        0,
        0,
        this.#seenGradient + point * this.#seenGradientBytes,
        channels * 4,
        32,
      );
    this.#transforms.inputGradient(
      this.#seenGradient,
      this.#seenGradientBytes,
      images * this.#tiles,
      channels,
      this.#border.openGradient(first, images),
      this.#corners,
      this.#border.rowBytes,
    );
    this.#border.closeGradient(first, images);
  }
}
