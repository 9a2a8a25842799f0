import { type Activations, roundUp } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { ConvolutionContext } from "./method.js";
import { Moments } from "./moments.js";
import type { PatchConvolution } from "./patches.js";

/** The kernel multiplies vectors of as many columns. */
const COLUMNS = 16;

/**
 * The moments of the patches of images that serve one batch only.
 *
 * Σ p_(r, s) p_(r + u, s + v) over all patches is a sum over a window of the map Σ x(·, ·) x(· + u, · + v), whose window begins at
 * (r, s). So the images are multiplied with themselves once for each displacement (u, v), and not once for each pair of taps.
 */
export class BatchMoments {
  readonly moments: Moments;
  readonly #kernels: KernelSpace;
  readonly #input: Activations;
  readonly #kernel: number;
  /** Output rows and columns. */
  readonly #height: number;
  readonly #width: number;
  readonly #map: Pointer;
  readonly #mapRow: number;
  readonly #ones: Pointer;

  /** Whether the images are of one channel, without a border, and windows overlap by all but a pixel. */
  static serves({ layer, input }: ConvolutionContext): boolean {
    return input.stride === 1 && layer.stride === 1 && layer.padding === 0;
  }

  constructor({ build, layer, input, placed }: ConvolutionContext, patches: PatchConvolution) {
    const { kernels } = build;
    this.moments = new Moments(build, patches);
    this.#kernels = kernels;
    this.#input = input;
    this.#kernel = layer.kernel;
    this.#height = placed.output.height;
    this.#width = placed.output.width;
    const columns = roundUp(input.shape.width, COLUMNS);
    this.#map = kernels.allocate(2 * input.shape.height * columns);
    this.#mapRow = columns * 8;
    this.#ones = kernels.allocate(columns);
    kernels.floats(this.#ones, columns).fill(1);
  }

  /** Measures the images that lie in the input now. */
  measure(images: number): void {
    const kernel = this.#kernel;
    const { products, sums, columns } = this.moments;
    const row = columns * 8;
    this.#correlate(images, this.#input.shape.height, this.#ones, 0, 0);
    this.#sumWindows(0, kernel, kernel, sums, sums, kernel * 8, 8);
    for (let down = 0; down < kernel; down++)
      for (let right = down === 0 ? 0 : 1 - kernel; right < kernel; right++) {
        const { values, size, shape } = this.#input;
        const displaced = values + (down * shape.width + right) * 4;
        this.#correlate(images, shape.height - down, displaced, size * 4, shape.width * 4);
        // The taps from which the displaced ones are taps too.
        const left = Math.max(0, -right);
        const [rows, across] = [kernel - down, kernel - Math.abs(right)];
        const [tap, other] = [left, down * kernel + left + right];
        const step = row + 8;
        this.#sumWindows(
          left,
          rows,
          across,
          products + tap * row + other * 8,
          products + other * row + tap * 8,
          kernel * step,
          step,
        );
      }
  }

  /** Sets the map to the products of the images' upper rows with others. */
  #correlate(images: number, rows: number, other: Pointer, otherImage: number, otherRow: number): void {
    const { values, size, shape } = this.#input;
    const [image, row] = [size * 4, shape.width * 4];
    this.#kernels.run.correlate(
      ...([values, image, row, other, otherImage, otherRow, images, rows, shape.width, this.#map] as const),
    );
  }

  #sumWindows(
    left: number,
    rows: number,
    columns: number,
    to: Pointer,
    mirrored: Pointer,
    toRow: number,
    toColumn: number,
  ): void {
    const from = this.#map + left * 8;
    this.#kernels.run.windowSums(
      ...([from, this.#mapRow, this.#height, this.#width, rows, columns, to, mirrored, toRow, toColumn] as const),
    );
  }
}
