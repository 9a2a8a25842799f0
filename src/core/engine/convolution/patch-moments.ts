import { roundUp, SLACK } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { BuildContext, ImageStudy } from "../operations/operation.js";
import type { PatchConvolution } from "./patches.js";

/** With more rows, a Gram matrix for every image takes too much memory: half of 64² floats are 8 KB. */
const MOST_DEPTH = 64;
/**
 * The same where each image is measured once and has more than half as many pixels: a 5×5 convolution of colour images, a sixth
 * faster in training. Measured anew for each batch they take longer than the product that they replace.
 */
const MOST_DEPTH_OF_LARGE_IMAGES = 80;

/**
 * The second moments of an image's patches, Σ p pᵀ and Σ p over its output pixels.
 *
 * With y = W p + b, batch norm's share of ∂L/∂W is Σ (slope · (y − mean) + centre) pᵀ = slope · W · C + centre · Σ pᵀ, where
 * C = Σ p pᵀ − Σ p · Σ pᵀ / n. It needs no y: the moments depend only on the images, and are computed once for all epochs.
 */
export class PatchMoments implements ImageStudy {
  readonly floats: number;
  readonly forTraining = true;
  readonly pays = true;
  readonly #kernels: KernelSpace;
  readonly #zeros: Pointer;
  readonly #patches: PatchConvolution;
  /** Rows and columns of the Gram matrix. */
  readonly #rows: number;
  readonly #columns: number;
  /** i32 [images]: the batch's images, as the moments count them. */
  readonly #images: Pointer;
  /** The start of each panel of 8 columns in an image's floats. Its rows end at the diagonal, because the rest is symmetric. */
  readonly #panelStarts: readonly number[];
  readonly #sumsStart: number;
  /** f64 [floats]: a batch's moments, laid out like an image's; and f64 [rows, columns], the whole matrix. */
  readonly #packed: Pointer;
  readonly #products: Pointer;
  readonly #centred: Pointer;
  readonly #product: Pointer;

  /** Whether the moments take less work than the product that they replace, and not too much memory. */
  static pays({ panels, pixels }: PatchConvolution, imageFloats: number, changing: boolean): boolean {
    const { depth, columns } = panels;
    const isLarge = !changing && depth ** 2 / 2 <= 2 * imageFloats;
    return depth <= (isLarge ? MOST_DEPTH_OF_LARGE_IMAGES : MOST_DEPTH) && 4 * depth <= pixels * columns;
  }

  constructor({ kernels, zeros, examples }: BuildContext, patches: PatchConvolution) {
    const { panels, patchBytes } = patches;
    this.#kernels = kernels;
    this.#zeros = zeros;
    this.#patches = patches;
    this.#rows = roundUp(panels.depth, 4);
    this.#columns = roundUp(panels.depth, 8);
    const panelCount = this.#columns / 8;
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
    this.#products = kernels.allocate(2 * this.#rows * this.#columns);
    this.#centred = kernels.allocate((this.#rows + SLACK) * this.#columns);
    this.#product = kernels.allocate(this.#columns * panels.columns);
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
    const packed = this.#kernels.doubles(this.#packed, this.#sumsStart);
    const products = this.#kernels.doubles(this.#products, this.#rows * this.#columns);
    this.#panelStarts.forEach((start, panel) => {
      for (let i = 0; i < this.#rowsOf(panel); i++)
        for (let lane = 0; lane < 8; lane++) {
          const j = 8 * panel + lane;
          const product = packed[start + 8 * i + lane] as number;
          products[i * this.#columns + j] = product;
          if (j < this.#rows) products[j * this.#columns + i] = product;
        }
    });
  }

  #rowsOf(panel: number): number {
    return Math.min(8 * (panel + 1), this.#rows);
  }

  /** Adds Σ y and Σ y² of the batch's outputs to batch norm's totals; `count` is the batch's output pixels. */
  addOutputMoments(count: number, totals: Pointer): void {
    const { depth, columns, panelBytes, weight, bias } = this.#patches.panels;
    this.#kernels.run.addOutputMoments(
      this.#products,
      this.#sums,
      count,
      depth,
      this.#columns,
      weight.values,
      panelBytes,
      columns / 8,
      bias.values,
      totals,
    );
  }

  /** Adds batch norm's share of the weights' gradient; `count` is the batch's output pixels. */
  addGradient(slope: Pointer, centre: Pointer, count: number): void {
    const { run } = this.#kernels;
    const { depth, columns, panelBytes, weight } = this.#patches.panels;
    run.centreMoments(this.#products, this.#sums, count, this.#rows, this.#columns, this.#centred);
    // biome-ignore format: a line for each operand
    run.gemm(
      depth, columns / 8, depth,
      this.#centred, this.#columns * 4, 4,
      weight.values, panelBytes, 32,
      this.#zeros, 0, 0,
      this.#product, 32, panelBytes,
    );
    run.addMomentsGradient(this.#product, this.#sums, slope, centre, depth, columns / 8, panelBytes, weight.gradients);
  }

  /** f64 [depth]: Σ p of the batch. */
  get #sums(): Pointer {
    return this.#packed + this.#sumsStart * 8;
  }
}
