import { isFlat } from "../../network/rules.js";
import { type Activations, SLACK } from "../activations.js";
import type { Kernels, Pointer } from "../kernels.js";
import { Border } from "./border.js";
import type { ConvolutionMethod, ConvolutionSite } from "./convolution-method.js";
import type { Panels } from "./panels.js";
import type { PatchConvolution } from "./patches.js";

/** Outputs of one tile along each side. */
const TILE = 4;
/** Products that stand for the 4×4 · 2×2 of one tile. */
const POINTS = 25;
/** Tiles whose points are multiplied together: a compromise between the GEMM's efficiency and the cache, measured. */
const TILES_AT_A_TIME = 32;
/** Keeps the 25 points of a tile off powers of two, where they would share cache sets. */
const STAGGER = 64;

/** A 2×2 convolution by Winograd's F(4×4, 2×2): 25 products instead of 64. */
export class WinogradConvolution implements ConvolutionMethod {
  readonly panels: Panels;
  readonly pixels: number;
  readonly group: number;
  readonly #patches: PatchConvolution | undefined;
  readonly #kernels: Kernels;
  readonly #zeros: Pointer;
  readonly #input: Activations;
  readonly #border: Border;
  readonly #tilesAcross: number;
  /** Tiles of one image. */
  readonly #tiles: number;
  /** For each tile, where its 16 outputs stand among the image's rows: u32 [tiles, 16], in bytes. */
  readonly #outputRows: Pointer;
  /** [25][outputs/8][channels][8]; the transposed [25][channels/8][outputs][8]; and the gradient of the first. */
  readonly #weights: Pointer;
  readonly #transposed: Pointer;
  readonly #weightsGradient: Pointer;
  readonly #weightBytes: number;
  /** Input points of all images of the batch, [25][tiles, channels]: the weights' gradient needs them again. */
  readonly #seen: Pointer;
  readonly #seenBytes: number;
  /** Output points of a group, [25][tiles, outputs], and the gradient of its input points, [25][tiles, channels]. */
  readonly #products: Pointer;
  readonly #productBytes: number;
  readonly #seenGradient: Pointer;
  readonly #seenGradientBytes: number;

  /** Whether the method computes this convolution. */
  static fits({ placed: { output }, layer: { kernel, stride }, input }: ConvolutionSite): boolean {
    const tiled = output.height % TILE === 0 && output.width % TILE === 0;
    return kernel === 2 && stride === 1 && tiled && input.stride % 8 === 0 && !isFlat(input.shape);
  }

  /** @param patches  computes the weights' gradient instead, if given */
  constructor({ workshop, placed, layer, input, order, panels }: ConvolutionSite, patches?: PatchConvolution) {
    const { kernels, examples } = workshop;
    const channels = input.stride;
    this.panels = panels;
    const outputs = this.panels.columns;
    this.#patches = patches;
    this.#kernels = kernels;
    this.#zeros = workshop.zeros;
    this.#input = input;
    this.#border = new Border(kernels, input, layer.padding);
    this.pixels = order.length;
    this.#tilesAcross = placed.output.width / TILE;
    this.#tiles = this.pixels / TILE ** 2;
    this.group = Math.max(1, Math.floor(TILES_AT_A_TIME / this.#tiles));

    this.#outputRows = kernels.allocate(this.pixels);
    const rows = kernels.integers(this.#outputRows, this.pixels);
    order.forEach((pixel, row) => {
      const [y, x] = [Math.floor(pixel / placed.output.width), pixel % placed.output.width];
      const tile = Math.floor(y / TILE) * this.#tilesAcross + Math.floor(x / TILE);
      rows[tile * TILE ** 2 + (y % TILE) * TILE + (x % TILE)] = row * outputs * 4;
    });

    const points = (rowCount: number, columns: number): [Pointer, number] => {
      const bytes = rowCount * columns * 4 + STAGGER;
      return [kernels.allocate((POINTS * bytes) / 4), bytes];
    };
    [this.#weights, this.#weightBytes] = points(channels, outputs);
    [this.#transposed] = points(channels, outputs);
    [this.#weightsGradient] = points(channels, outputs);
    [this.#seen, this.#seenBytes] = points(examples * this.#tiles + SLACK, channels);
    const inGroup = this.group * this.#tiles + SLACK;
    [this.#products, this.#productBytes] = points(inGroup, outputs);
    [this.#seenGradient, this.#seenGradientBytes] = points(inGroup, channels);
  }

  beginForward(): void {
    const { panels } = this;
    this.#kernels.run.winogradWeights(
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
    for (let image = 0; image < images; image++) {
      const pixels = this.#border.open(first + image);
      for (let tile = 0; tile < this.#tiles; tile++) {
        const to = seen + (image * this.#tiles + tile) * channels * 4;
        run.winogradInput(
          pixels + this.#corner(tile),
          this.#border.rowBytes,
          channels * 4,
          channels,
          to,
          this.#seenBytes,
        );
      }
    }
    for (let point = 0; point < POINTS; point++)
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
    this.#eachTile(images, (image, tile, product) =>
      run.winogradOutput(
        product,
        this.#productBytes,
        outputs,
        this.panels.bias.values,
        this.#outputRows + tile * TILE ** 2 * 4,
        y + image * this.pixels * outputs * 4,
      ),
    );
  }

  beginBackward(): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    this.#kernels.floats(this.#weightsGradient, (POINTS * this.#weightBytes) / 4).fill(0);
    if (!this.#input.gradients) return;
    for (let point = 0; point < POINTS; point++) {
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
    const outputs = this.panels.columns;
    this.#eachTile(images, (image, tile, product) =>
      this.#kernels.run.winogradOutputGradient(
        yGradient + image * this.pixels * outputs * 4,
        this.#outputRows + tile * TILE ** 2 * 4,
        outputs,
        product,
        this.#productBytes,
      ),
    );
    if (this.#patches) this.#patches.weightGradient(first, images, yGradient);
    else this.#addWeightsGradient(first, images);
    if (this.#input.gradients) this.#putInputGradient(first, images);
  }

  endBackward(): void {
    if (this.#patches) return;
    const { panels } = this;
    this.#kernels.run.winogradWeightsGradient(
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
    for (let point = 0; point < POINTS; point++) {
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
    for (let point = 0; point < POINTS; point++)
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
    for (let image = 0; image < images; image++) {
      const pixels = this.#border.openGradient(first + image);
      for (let tile = 0; tile < this.#tiles; tile++)
        run.winogradInputGradient(
          this.#seenGradient + (image * this.#tiles + tile) * channels * 4,
          this.#seenGradientBytes,
          channels,
          pixels + this.#corner(tile),
          this.#border.rowBytes,
          channels * 4,
        );
      this.#border.closeGradient(first + image);
    }
  }

  /** Bytes from an image's first pixel to a tile's. */
  #corner(tile: number): number {
    const [row, column] = [Math.floor(tile / this.#tilesAcross), tile % this.#tilesAcross];
    return TILE * (row * this.#border.rowBytes + column * this.#input.stride * 4);
  }

  #eachTile(images: number, visit: (image: number, tile: number, product: Pointer) => void): void {
    const rowBytes = this.panels.columns * 4;
    for (let image = 0; image < images; image++)
      for (let tile = 0; tile < this.#tiles; tile++)
        visit(image, tile, this.#products + (image * this.#tiles + tile) * rowBytes);
  }
}
