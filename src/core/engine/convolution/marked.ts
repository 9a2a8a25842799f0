import { roundUp, type Sparsity } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { ImageStudy } from "../operations/operation.js";
import { addScaled } from "../products/add-scaled.js";
import type { Panels } from "../products/panels.js";
import type { Border } from "./border.js";
import type { ConvolutionContext } from "./method.js";

/** The taps that fit one word of marks. */
const MOST_TAPS = 64;
/**
 * Marks were measured faster where at most this share of pixels is not background, even if those pixels are scattered. Of the
 * windows, a larger share sees such a pixel.
 */
const MOST = 0.3;

/** The places of a convolution's pooling windows in an image, in bytes. */
interface Windows {
  /** u32 [windows, 4]: from the image to each patch of a window. */
  readonly offsets: Pointer;
  readonly count: number;
  /** The bytes from a patch to the next on its right in the window, and to the one below. */
  readonly across: number;
  readonly down: number;
}

/**
 * A convolution over images most of whose pixels have the same value β. With d = x − β, it is y = W · d + (b + β · Σ_k W_k). A tap
 * that meets d = 0 in all patches of a window adds nothing.
 */
export class MarkedConvolution implements ImageStudy {
  readonly floats: number;
  readonly forTraining = false;
  readonly #kernels: KernelSpace;
  readonly #panels: Panels;
  readonly #border: Border;
  readonly #sparsity: Sparsity;
  readonly #windows: Windows;
  readonly #kernel: number;
  readonly #run: number;
  readonly #floats: number;
  readonly #tapOffsets: Pointer;
  readonly #difference: Pointer;
  readonly #marks: Pointer;
  readonly #sums: Pointer;
  /** f32 [columns]: b + β · Σ_k W_k. */
  readonly #bias: Pointer;
  /** The marks of all images, and the images of the batch. */
  #measured: Pointer = 0;
  #images: Int32Array = new Int32Array();

  /**
   * @param offsets  the patches' offsets in the kernels' memory
   * @param rows     the same offsets
   * @returns undefined unless the convolution is a first layer with few taps before 2×2 pooling
   */
  static over(
    context: ConvolutionContext,
    border: Border,
    offsets: Pointer,
    rows: ArrayLike<number>,
  ): MarkedConvolution | undefined {
    const { build, input, panels, order, layer } = context;
    if (!build.shortcuts.includes("zero inputs") || !input.sparsity || input.gradients) return undefined;
    if (panels.depth > MOST_TAPS) return undefined;
    const across = layer.stride * input.stride * 4;
    const down = layer.stride * border.rowBytes;
    for (let row = 0; row < order.length; row += 4) {
      const patch = rows[row] as number;
      const window = [patch, patch + across, patch + down, patch + down + across];
      if (!window.every((offset, i) => rows[row + i] === offset)) return undefined;
    }
    return new MarkedConvolution(context, border, input.sparsity, { offsets, count: order.length / 4, across, down });
  }

  private constructor(context: ConvolutionContext, border: Border, sparsity: Sparsity, windows: Windows) {
    const { build, placed, layer, input, panels } = context;
    const { kernels } = build;
    this.#kernels = kernels;
    this.#panels = panels;
    this.#border = border;
    this.#sparsity = sparsity;
    this.#windows = windows;
    this.#kernel = layer.kernel;
    this.#run = layer.kernel * input.stride;
    this.#floats = ((placed.input.height + 2 * layer.padding) * border.rowBytes) / 4;
    const room = roundUp(this.#floats, 16);
    this.#difference = kernels.allocate(room + (windows.down + windows.across) / 4);
    this.#marks = kernels.allocate(room / 4 + 4);
    // Each window has 64 bits of marks and a place in the order.
    this.floats = roundUp(3 * windows.count, 2);
    this.#tapOffsets = kernels.allocate(panels.depth);
    kernels.integers(this.#tapOffsets, panels.depth).forEach((_, k, offsets) => {
      offsets[k] = Math.floor(k / this.#run) * border.rowBytes + (k % this.#run) * 4;
    });
    this.#sums = kernels.allocate(panels.columns);
    this.#bias = kernels.allocate(panels.columns);
  }

  /** Whether the images of this batch have enough background to make marks worth their time. */
  get pays(): boolean {
    return this.#sparsity.training <= MOST;
  }

  measure(image: number, into: Pointer): void {
    const { offsets, count, across, down } = this.#windows;
    this.#kernels.run.markTaps(
      this.#border.open(image),
      this.#floats,
      this.#sparsity.background,
      across,
      down,
      offsets,
      count,
      this.#kernel,
      this.#run,
      this.#border.rowBytes,
      this.#difference,
      this.#marks,
      into,
      into + count * 8,
    );
  }

  begin(measured: Pointer, images: Int32Array): void {
    this.#measured = measured;
    this.#images = images;
  }

  /** Computes the background's share of every output. Call it once before a batch, when the weights are known. */
  addBackground(): void {
    const { weight, bias, columns, depth, panelBytes } = this.#panels;
    this.#kernels.floats(this.#sums, columns).fill(0);
    for (let panel = 0; panel < columns / 8; panel++)
      this.#kernels.run.columnSums(weight.values + panel * panelBytes, depth, 8, this.#sums + panel * 32);
    addScaled(this.#kernels, columns, bias.values, this.#sparsity.background, this.#sums, this.#bias);
  }

  /** Convolves one of the batch's images into y, [windows · 4, columns]. */
  forward(image: number, y: Pointer): void {
    const { weight, columns, panelBytes } = this.#panels;
    const { offsets, count, across, down } = this.#windows;
    const taps = this.#measured + (this.#images[image] as number) * this.floats * 4;
    this.#kernels.run.convolveMarked(
      this.#border.open(image),
      this.#floats,
      this.#sparsity.background,
      this.#difference,
      across,
      down,
      offsets,
      count,
      taps,
      taps + count * 8,
      this.#tapOffsets,
      columns / 8,
      weight.values,
      panelBytes,
      this.#bias,
      y,
      columns * 4,
    );
  }
}
