import { roundUp } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { BuildContext, ImageStudy } from "../operations/operation.js";
import { Moments } from "./moments.js";
import type { PatchConvolution } from "./patches.js";

/** With more rows, a Gram matrix for every image takes too much memory: half of 64² floats are 8 KB. A batch's moments share the limit. */
const MOST_DEPTH = 64;
/**
 * The same where each image is measured once and has more than half as many pixels: a 5×5 convolution of colour images, a sixth
 * faster in training. Measured anew for each batch they take longer than the product that they replace.
 */
const MOST_DEPTH_OF_LARGE_IMAGES = 80;

/** The moments of an image's patches, which are measured once for all epochs. */
export class PatchMoments implements ImageStudy {
  readonly floats: number;
  readonly forTraining = true;
  readonly pays = true;
  readonly ofBatch = true;
  readonly moments: Moments;
  readonly #kernels: KernelSpace;
  readonly #zeros: Pointer;
  readonly #patches: PatchConvolution;
  /** i32 [images]: the batch's images, as the moments count them. */
  readonly #images: Pointer;
  /** The start of each panel of 8 columns in an image's floats. Its rows end at the diagonal, because the rest is symmetric. */
  readonly #panelStarts: readonly number[];
  readonly #sumsStart: number;
  /** f64 [floats]: a batch's moments, laid out like an image's. */
  readonly #packed: Pointer;

  /** Whether the moments take less work than the product that they replace, and not too much memory. */
  static pays({ panels, pixels }: PatchConvolution, imageFloats: number, changing: boolean): boolean {
    const { depth, columns } = panels;
    const isLarge = !changing && depth ** 2 / 2 <= 2 * imageFloats;
    return depth <= (isLarge ? MOST_DEPTH_OF_LARGE_IMAGES : MOST_DEPTH) && 4 * depth <= pixels * columns;
  }

  constructor(context: BuildContext, patches: PatchConvolution) {
    const { kernels, zeros, examples } = context;
    const { patchBytes } = patches;
    this.moments = new Moments(context, patches);
    this.#kernels = kernels;
    this.#zeros = zeros;
    this.#patches = patches;
    const panelCount = this.moments.columns / 8;
    let at = 0;
    this.#panelStarts = Array.from({ length: panelCount }, (_, panel) => {
      const start = at;
      at += 8 * this.#rowsOf(panel);
      return start;
    });
    this.#sumsStart = at;
    this.floats = at + roundUp(patchBytes / 4, 8);
    this.#images = kernels.allocate(examples);
    this.#packed = kernels.allocate(2 * this.floats);
  }

  measure(image: number, into: Pointer): void {
    const { patches, pixels, patchBytes } = this.#patches;
    this.#patches.gather(image, 1);
    this.#panelStarts.forEach((start, panel) => {
      // biome-ignore format: a line for each operand
      this.#kernels.run.gemm(
        this.#rowsOf(panel), 1, pixels,
        patches, 4, patchBytes,
        patches + panel * 32, 0, patchBytes,
        this.#zeros, 0, 0,
        into + start * 4, 32, 0,
      );
    });
    this.#kernels.run.columnSums(patches, pixels, patchBytes / 4, into + this.#sumsStart * 4);
  }

  /** Adds the moments of a batch's images. */
  begin(measured: Pointer, images: Int32Array): void {
    this.#kernels.integers(this.#images, images.length).set(images);
    this.#kernels.run.sumRows(measured, this.floats * 4, this.#images, images.length, this.floats, this.#packed);
    this.#unpack();
  }

  #unpack(): void {
    const { rows, columns, products: whole, sums } = this.moments;
    const packed = this.#kernels.doubles(this.#packed, this.floats);
    const products = this.#kernels.doubles(whole, rows * columns);
    this.#panelStarts.forEach((start, panel) => {
      for (let i = 0; i < this.#rowsOf(panel); i++)
        for (let lane = 0; lane < 8; lane++) {
          const j = 8 * panel + lane;
          const product = packed[start + 8 * i + lane] as number;
          products[i * columns + j] = product;
          if (j < rows) products[j * columns + i] = product;
        }
    });
    this.#kernels.doubles(sums, columns).set(packed.subarray(this.#sumsStart, this.#sumsStart + columns));
  }

  #rowsOf(panel: number): number {
    return Math.min(8 * (panel + 1), this.moments.rows);
  }
}
