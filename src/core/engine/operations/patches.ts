import type { Convolution } from "../../network/layers.js";
import type { PlacedLayer } from "../../network/network.js";
import { type Activations, roundUp, SLACK } from "../activations.js";
import type { Kernels, Pointer } from "../kernels.js";
import type { Workshop } from "./operation.js";
import { Panels } from "./panels.js";

/** Patch rows gathered at a time: enough to fill the GEMM, few enough to stay in the first-level cache. */
const ROWS_AT_A_TIME = 64;

/**
 * A convolution as a product of gathered patches and packed weights, a few images at a time so that the patches never
 * leave the cache. `order` lists the output pixels in the order in which their rows shall stand.
 */
export class PatchConvolution {
  readonly panels: Panels;
  /** Output pixels of one image. */
  readonly pixels: number;
  /** Images whose patches are gathered together. */
  readonly group: number;
  readonly #kernels: Kernels;
  readonly #input: Activations;
  readonly #offsets: Pointer;
  readonly #patches: Pointer;
  readonly #patchBytes: number;
  readonly #run: number;
  readonly #kernel: number;
  readonly #border: Border;

  constructor(workshop: Workshop, placed: PlacedLayer, layer: Convolution, input: Activations, order: Int32Array) {
    const { kernels } = workshop;
    const { height, width, channels } = placed.input;
    const { kernel, stride } = layer;
    this.#kernels = kernels;
    this.#input = input;
    this.#kernel = kernel;
    this.#border = new Border(kernels, input, layer.padding);
    this.pixels = order.length;
    this.group = Math.max(1, Math.floor(ROWS_AT_A_TIME / this.pixels));
    this.#run = kernel * input.stride;

    const depth = kernel * this.#run;
    const rowOf = new Int32Array(channels * kernel * kernel);
    for (let c = 0, k = 0; c < channels; c++) {
      // Flattened activations keep their channels in another order.
      const lane = input.positions[c * height * width] as number;
      for (let tap = 0; tap < kernel * kernel; tap++) rowOf[k++] = tap * input.stride + lane;
    }
    this.panels = new Panels(workshop, placed, layer.channels, depth, rowOf);

    // The row after the patch keeps consecutive patches off a power of two, where they would share cache sets.
    const patchFloats = roundUp(depth, 8) + 4;
    this.#patchBytes = patchFloats * 4;
    this.#patches = kernels.allocate((this.group * this.pixels + SLACK) * patchFloats);

    this.#offsets = kernels.allocate(this.pixels);
    const rowFloats = (width + 2 * layer.padding) * input.stride;
    const outWidth = placed.output.width;
    const offsets = kernels.integers(this.#offsets, this.pixels);
    order.forEach((pixel, row) => {
      const y = Math.floor(pixel / outWidth) * stride;
      const x = (pixel % outWidth) * stride;
      offsets[row] = 4 * (y * rowFloats + x * input.stride);
    });
  }

  /** Convolves `images` images (at most `group`) from the `first` on into y, [images · pixels, channels]. */
  forward(first: number, images: number, y: Pointer): void {
    this.#gather(first, images);
    this.panels.forward(this.#patches, images * this.pixels, this.#patchBytes, y);
  }

  /** Adds the weights' gradient, and puts the input's where it wants one. Needs `panels.transpose()` before. */
  backward(first: number, images: number, yGradient: Pointer): void {
    this.#gather(first, images);
    const rows = images * this.pixels;
    this.panels.weightGradient(this.#patches, rows, this.#patchBytes, yGradient);
    if (!this.#input.gradients) return;
    this.panels.inputGradient(yGradient, rows, this.#patches, this.#patchBytes);
    const { pixels } = this;
    for (let image = 0; image < images; image++) {
      const gradient = this.#border.openGradient(first + image);
      this.#kernels.run.scatterPatches(
        this.#patches + image * pixels * this.#patchBytes,
        this.#patchBytes,
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

  #gather(first: number, images: number): void {
    const { pixels } = this;
    for (let image = 0; image < images; image++)
      this.#kernels.run.gatherPatches(
        this.#border.open(first + image),
        this.#offsets,
        pixels,
        this.#kernel,
        this.#run,
        this.#border.rowBytes,
        this.#patches + image * pixels * this.#patchBytes,
        this.#patchBytes,
      );
  }
}

/** An image with its border of zeros: the image itself where the padding is 0, else a copy. */
class Border {
  /** Bytes from one row, border included, to the next. */
  readonly rowBytes: number;
  readonly #kernels: Kernels;
  readonly #input: Activations;
  readonly #innerBytes: number;
  readonly #floats: number;
  readonly #corner: number;
  readonly #image: Pointer;
  readonly #gradient: Pointer;

  constructor(kernels: Kernels, input: Activations, padding: number) {
    const { height, width } = input.shape;
    this.#kernels = kernels;
    this.#input = input;
    this.#innerBytes = width * input.stride * 4;
    this.rowBytes = (width + 2 * padding) * input.stride * 4;
    this.#floats = ((height + 2 * padding) * this.rowBytes) / 4;
    this.#corner = padding * (this.rowBytes + input.stride * 4);
    this.#image = padding ? kernels.allocate(this.#floats + SLACK) : 0;
    this.#gradient = padding && input.gradients ? kernels.allocate(this.#floats + SLACK) : 0;
  }

  open(image: number): Pointer {
    const at = this.#input.values + image * this.#input.size * 4;
    if (!this.#image) return at;
    this.#copy(at, this.#innerBytes, this.#image + this.#corner, this.rowBytes);
    return this.#image;
  }

  /** Zeros to which the image's gradient can be added. */
  openGradient(image: number): Pointer {
    const [at, floats] = this.#gradient
      ? [this.#gradient, this.#floats]
      : [this.#input.gradients + image * this.#input.size * 4, this.#input.size];
    this.#kernels.floats(at, floats).fill(0);
    return at;
  }

  closeGradient(image: number): void {
    if (!this.#gradient) return;
    const at = this.#input.gradients + image * this.#input.size * 4;
    this.#copy(this.#gradient + this.#corner, this.rowBytes, at, this.#innerBytes);
  }

  #copy(from: Pointer, fromStride: number, to: Pointer, toStride: number): void {
    this.#kernels.run.copyRows(from, fromStride, to, toStride, this.#input.shape.height, this.#innerBytes);
  }
}
