import { type Activations, SLACK } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { Panels } from "../products/panels.js";
import { Border } from "./border.js";
import type { ConvolutionContext, ConvolutionMethod } from "./method.js";
import type { PatchConvolution } from "./patches.js";
import type { TileKind } from "./tile-map.js";
import {
  pointCount,
  type SharedPoints,
  tileMap,
  type WinogradTransforms,
  type WinogradVariant,
} from "./winograd-variant.js";

/** The tiles whose points are multiplied together: enough to fill the GEMM, few enough for the second-level cache. */
const TILES_AT_A_TIME = 64;
/**
 * The forward pass keeps at most this many floats of input points for the weights' gradient. More would not fit the second-level
 * cache, and computing them again was measured faster.
 */
const KEPT = 128 * 1024;
/** Keeps the points of a tile from being a power of two apart, where they would share cache sets. */
const STAGGER = 64;

/** Tiles of one kind, and where they lie in a group of images. */
interface Tiles extends TileKind {
  /** The places of a group's tiles in the bordered images, and of their outputs in the rows of output. */
  readonly corners: Pointer;
  readonly outputRows: Pointer;
}

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
  readonly #shares: readonly SharedPoints[];
  readonly #input: Activations;
  /** The tiles of one image. */
  readonly #tiles: number;
  readonly #kinds: readonly Tiles[];
  readonly #border: Border;
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
    const [channels, outputs] = [input.stride, panels.columns];
    this.panels = panels;
    this.#patches = patches;
    this.#kernels = kernels;
    this.#transforms = variant.transforms(kernels.run);
    this.#points = pointCount(variant);
    this.#shares = variant.points;
    this.#input = input;
    this.pixels = order.length;

    const map = tileMap(variant, placed.output);
    this.#tiles = map.tiles;
    this.group = Math.max(1, Math.floor(TILES_AT_A_TIME / this.#tiles));
    this.#border = new Border(kernels, input, layer.padding, {
      images: this.group,
      height: map.height + layer.kernel - 1,
      width: map.width + layer.kernel - 1,
    });
    this.#kinds = map.kinds.map((kind) => ({
      ...kind,
      corners: map.corners(kernels, kind, this.group, this.#border, channels * 4),
      outputRows: map.outputRows(kernels, kind, this.group, order, outputs * 4),
    }));
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
    this.#see(first, images);
    this.#shares.forEach((share) => {
      const { count, from, rows } = this.#rowsOf(share, images);
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemms(
        count, rows, outputs / 8, channels,
        this.#seenAt(first) + share.first * this.#seenBytes + from * channels * 4, channels * 4, 4, this.#seenBytes,
        this.#weights + share.first * this.#weightBytes, channels * 32, 32, this.#weightBytes,
        this.#zeros, 0, 0, 0,
        this.#products + share.first * this.#productBytes + from * outputs * 4, outputs * 4, 32, this.#productBytes,
      );
    });
    for (const { before, count, outputRows, ...kind } of this.#kinds)
      this.#transforms.output(
        this.#products + images * before * outputs * 4,
        this.#productBytes,
        images * count,
        outputs,
        this.panels.bias.values,
        y,
        outputRows,
        this.#dropped,
        ...sizeOf(kind),
      );
  }

  beginBackward(): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    this.#kernels.floats(this.#weightsGradient, (this.#points * this.#weightBytes) / 4).fill(0);
    if (!this.#input.gradients) return;
    // biome-ignore format: a line for each operand
    this.#kernels.run.transposes(
      this.#points,
      this.#weights, this.#weightBytes, 32, channels * 32, channels, outputs,
      this.#transposed, this.#weightBytes, 32, outputs * 32,
    );
  }

  get sums() {
    return this.#patches?.sums ?? { pointer: this.#weightsGradient, count: (this.#points * this.#weightBytes) / 4 };
  }

  /** The tiles of a group follow one another kind by kind. */
  get sumsByGroup(): boolean {
    return !this.#patches && this.#kinds.filter(({ count }) => count > 0).length > 1;
  }

  backward(first: number, images: number, yGradient: Pointer): void {
    this.#openGradient(images, yGradient);
    if (this.#patches) this.#patches.weightGradient(first, images, yGradient);
    else this.#addWeightsGradient(first, images);
    if (this.#input.gradients) this.#putInputGradient(first, images);
  }

  weightGradient(first: number, images: number, yGradient: Pointer): void {
    if (this.#patches) {
      this.#patches.weightGradient(first, images, yGradient);
    } else {
      this.#openGradient(images, yGradient);
      this.#addWeightsGradient(first, images);
    }
  }

  inputGradient(first: number, images: number, yGradient: Pointer): void {
    if (!this.#input.gradients) return;
    this.#openGradient(images, yGradient);
    this.#putInputGradient(first, images);
  }

  /** Computes ∂L/∂(output points) of a group. */
  #openGradient(images: number, yGradient: Pointer): void {
    const outputs = this.panels.columns;
    for (const { before, count, outputRows, ...kind } of this.#kinds)
      this.#transforms.outputGradient(
        yGradient,
        outputRows,
        this.#zeros,
        images * count,
        outputs,
        this.#products + images * before * outputs * 4,
        this.#productBytes,
        ...sizeOf(kind),
      );
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

  /** The tiles that have some points, in a group: the first of them, and how many. */
  #rowsOf({ count, kinds: [first, end] }: SharedPoints, images: number) {
    const kinds = this.#kinds.slice(first, end);
    const rows = kinds.reduce((sum, kind) => sum + kind.count, 0) * images;
    return { count: rows > 0 ? count : 0, from: (kinds[0]?.before ?? 0) * images, rows };
  }

  /** Computes a group's input points. */
  #see(first: number, images: number): void {
    const channels = this.#input.stride;
    const bordered = this.#border.open(first, images);
    for (const { before, count, corners, ...kind } of this.#kinds)
      this.#transforms.input(
        bordered,
        corners,
        images * count,
        this.#border.rowBytes,
        channels,
        this.#seenAt(first) + images * before * channels * 4,
        this.#seenBytes,
        ...sizeOf(kind),
      );
  }

  /** ∂L/∂(G g Gᵀ) += (input points)ᵀ · ∂L/∂(output points). */
  #addWeightsGradient(first: number, images: number): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    if (!this.#keeps) this.#see(first, images);
    this.#shares.forEach((share) => {
      const { count, from, rows } = this.#rowsOf(share, images);
      const gradient = this.#weightsGradient + share.first * this.#weightBytes;
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemms(
        count, channels, outputs / 8, rows,
        this.#seenAt(first) + share.first * this.#seenBytes + from * channels * 4, 4, channels * 4, this.#seenBytes,
        this.#products + share.first * this.#productBytes + from * outputs * 4, 32, outputs * 4, this.#productBytes,
        gradient, 32, channels * 32, this.#weightBytes,
        gradient, 32, channels * 32, this.#weightBytes,
      );
    });
  }

  /** ∂L/∂(input points) = ∂L/∂(output points) · (G g Gᵀ)ᵀ, and from it the pixels' gradient. */
  #putInputGradient(first: number, images: number): void {
    const channels = this.#input.stride;
    const outputs = this.panels.columns;
    this.#shares.forEach((share) => {
      const { count, from, rows } = this.#rowsOf(share, images);
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemms(
        count, rows, channels / 8, outputs,
        this.#products + share.first * this.#productBytes + from * outputs * 4, outputs * 4, 4, this.#productBytes,
        this.#transposed + share.first * this.#weightBytes, outputs * 32, 32, this.#weightBytes,
        this.#zeros, 0, 0, 0,
        this.#seenGradient + share.first * this.#seenGradientBytes + from * channels * 4, channels * 4, 32, this.#seenGradientBytes,
      );
    });
    const bordered = this.#border.openGradient(first, images);
    for (const { before, count, corners, ...kind } of this.#kinds)
      this.#transforms.inputGradient(
        this.#seenGradient + images * before * channels * 4,
        this.#seenGradientBytes,
        images * count,
        channels,
        bordered,
        corners,
        this.#border.rowBytes,
        ...sizeOf(kind),
      );
    this.#border.closeGradient(first, images);
  }
}

/** Whether a kind's tiles are 4 outputs high, and 4 wide. */
const sizeOf = ({ rows, columns }: Pick<TileKind, "rows" | "columns">): [tall: boolean, wide: boolean] => [
  rows === 4,
  columns === 4,
];
