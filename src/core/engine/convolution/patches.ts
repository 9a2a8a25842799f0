import { type Activations, roundUp, SLACK } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { ImageStudy } from "../operations/operation.js";
import type { Panels } from "../products/panels.js";
import { Border } from "./border.js";
import { MarkedConvolution } from "./marked.js";
import type { ConvolutionContext, ConvolutionMethod } from "./method.js";

/** The patch rows gathered at a time: enough to fill the GEMM, few enough to stay in the first-level cache. */
const ROWS_AT_A_TIME = 64;

/**
 * A convolution as a product of patches and packed weights. The forward pass reads patches in place from the image. The gradients
 * need them gathered as rows, a few images at a time so that they stay in the cache.
 */
export class PatchConvolution implements ConvolutionMethod {
  readonly panels: Panels;
  readonly pixels: number;
  /** The images whose patches are gathered together. */
  readonly group: number;
  /** The gathered rows. */
  readonly patches: Pointer;
  /** Bytes from one patch to the next. */
  readonly patchBytes: number;
  readonly #kernels: KernelSpace;
  readonly #input: Activations;
  readonly #offsets: Pointer;
  readonly #run: number;
  readonly #kernel: number;
  readonly #border: Border;
  readonly #marked: MarkedConvolution | undefined;

  constructor(context: ConvolutionContext) {
    const { build, placed, layer, input, order, panels } = context;
    const { kernels } = build;
    const { width } = placed.input;
    const { kernel, stride } = layer;
    this.#kernels = kernels;
    this.#input = input;
    this.#kernel = kernel;
    this.#border = new Border(kernels, input, layer.padding);
    this.pixels = order.length;
    this.group = Math.max(1, Math.floor(ROWS_AT_A_TIME / this.pixels));
    this.#run = kernel * input.stride;

    this.panels = panels;

    // The row after each patch keeps patches from being a power of two apart, where they would share cache sets.
    const patchFloats = roundUp(panels.depth, 8) + 4;
    this.patchBytes = patchFloats * 4;
    this.patches = kernels.allocate((this.group * this.pixels + SLACK) * patchFloats);

    // The kernel reads the offsets of whole tiles of rows.
    this.#offsets = kernels.allocate(this.pixels + SLACK);
    const rowFloats = (width + 2 * layer.padding) * input.stride;
    const outWidth = placed.output.width;
    const offsets = order.map((pixel) => {
      const y = Math.floor(pixel / outWidth) * stride;
      const x = (pixel % outWidth) * stride;
      return 4 * (y * rowFloats + x * input.stride);
    });
    kernels.integers(this.#offsets, this.pixels).set(offsets);
    this.#marked = MarkedConvolution.over(context, this.#border, this.#offsets, offsets);
  }

  get studies(): readonly ImageStudy[] {
    return this.#marked ? [this.#marked] : [];
  }

  beginForward(): void {
    if (this.#marked?.pays) this.#marked.addBackground();
  }

  forward(first: number, images: number, y: Pointer): void {
    const { panels, pixels } = this;
    const rowBytes = panels.columns * 4;
    if (this.#marked?.pays)
      for (let image = 0; image < images; image++) this.#marked.forward(first + image, y + image * pixels * rowBytes);
    else for (let image = 0; image < images; image++) this.#convolve(first + image, y + image * pixels * rowBytes);
  }

  beginBackward(): void {
    if (this.#input.gradients) this.panels.transpose();
  }

  endBackward(): void {}

  get sums() {
    return this.panels.sums;
  }

  readonly sumsByGroup = false;

  backward(first: number, images: number, yGradient: Pointer): void {
    this.weightGradient(first, images, yGradient);
    this.inputGradient(first, images, yGradient);
  }

  inputGradient(first: number, images: number, yGradient: Pointer): void {
    if (!this.#input.gradients) return;
    this.panels.inputGradient(yGradient, images * this.pixels, this.patches, this.patchBytes);
    this.scatter(first, images);
  }

  /** Adds only the weights' gradient. `images` may be more than a group. */
  weightGradient(first: number, images: number, yGradient: Pointer): void {
    for (let i = 0; i < images; i += this.group) {
      const together = Math.min(this.group, images - i);
      this.gather(first + i, together);
      const gradient = yGradient + i * this.pixels * this.panels.columns * 4;
      this.panels.weightGradient(this.patches, together * this.pixels, this.patchBytes, gradient);
    }
  }

  #convolve(image: number, y: Pointer): void {
    const { panels } = this;
    this.#kernels.run.convolve(
      this.#border.open(image),
      this.#offsets,
      this.pixels,
      panels.columns / 8,
      this.#kernel,
      this.#run,
      this.#border.rowBytes,
      panels.weight.values,
      panels.panelBytes,
      panels.bias.values,
      y,
      panels.columns * 4,
    );
  }

  /** Copies the patches of at most `group` images into `patches`. */
  gather(first: number, images: number): void {
    const { pixels } = this;
    for (let image = 0; image < images; image++)
      this.#kernels.run.gatherPatches(
        this.#border.open(first + image),
        this.#offsets,
        pixels,
        this.#kernel,
        this.#run,
        this.#border.rowBytes,
        this.patches + image * pixels * this.patchBytes,
        this.patchBytes,
      );
  }

  /** Sets the images' gradient from the gradient of their patches in `patches`. */
  scatter(first: number, images: number): void {
    const { pixels } = this;
    for (let image = 0; image < images; image++) {
      const gradient = this.#border.openGradient(first + image);
      this.#kernels.run.scatterPatches(
        this.patches + image * pixels * this.patchBytes,
        this.patchBytes,
        this.#offsets,
        pixels,
        this.#kernel,
        this.#run,
        this.#border.rowBytes,
        gradient,
      );
      this.#border.closeGradient(first + image);
    }
  }
}
