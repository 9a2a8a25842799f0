import { type Augmentation, checkAugmentation, GRID, gridShares, warps } from "../data/augmentation.js";
import type { PixelScale } from "../data/normalization.js";
import type { Pairs } from "../data/pairs.js";
import { Stream } from "../random/index.js";
import { roundUp } from "./activations.js";
import type { Kernels, Pointer } from "./kernels.js";

/** Pixels of 0 on each side of an image, so that no tap needs a check. Those on the right are the next row's on the left. */
const MARGIN = 4;
/** Floats of a warp as `drawWarp` writes it. */
const WARP = 40;

/** Raw images in the kernels' memory, and the making of what networks see of them: warped, thickened, noisy, scaled. */
export class Augmenter {
  /** i32 [4, 4]: the generators of the augmentation's stream. */
  readonly state: Pointer;
  readonly #kernels: Kernels;
  readonly #pairs: Pairs;
  readonly #scale: PixelScale;
  readonly #augmentation: Augmentation;
  readonly #warps: boolean;
  /** The first pixel of the first plane; bytes from a row, and from a plane, to the next. */
  readonly #source: Pointer;
  readonly #sourceRow: number;
  readonly #plane: number;
  readonly #warp: Pointer;
  /** As `warpImage` wants them; 0 without elastic offsets. */
  readonly #rowShares: Pointer;
  readonly #columnShares: Pointer;
  readonly #field: Pointer;
  /** First pixels of two planes with a border, the bytes of their rows, and 8 floats. */
  readonly #planes: readonly [Pointer, Pointer];
  readonly #row: number;
  readonly #drawn: Pointer;

  /** @throws InvalidRequest where the augmentation has a value that is out of range */
  constructor(kernels: Kernels, pairs: Pairs, scale: PixelScale, augmentation: Augmentation, seed: number) {
    checkAugmentation(augmentation);
    const { height, width } = pairs;
    this.#kernels = kernels;
    this.#pairs = pairs;
    this.#scale = scale;
    this.#augmentation = augmentation;
    this.#warps = warps(augmentation);
    this.state = kernels.allocate(16);
    const stream = new Stream(seed, "augmentation");
    const state = kernels.integers(this.state, 16);
    for (let word = 0; word < 16; word++) state[word] = stream.bits();

    this.#sourceRow = (width + MARGIN) * 4;
    this.#plane = (height + MARGIN) * this.#sourceRow;
    this.#source = this.#copy(pairs);

    const across = roundUp(width, 4);
    this.#warp = kernels.allocate(WARP);
    this.#rowShares = augmentation.elastic ? kernels.allocate(height * GRID) : 0;
    this.#columnShares = kernels.allocate(GRID * across);
    gridShares(height).forEach((shares, y) => {
      if (this.#rowShares) kernels.floats(this.#rowShares + y * GRID * 4, GRID).set(shares);
    });
    const columns = kernels.floats(this.#columnShares, GRID * across);
    gridShares(width).forEach((shares, x) => {
      for (let point = 0; point < GRID; point++) columns[point * across + x] = shares[point] as number;
    });
    this.#field = kernels.allocate(2 * GRID * across);
    // Whole vectors of 8 for noise; a border of 1 in front, rounded up, and behind.
    const rowFloats = roundUp(width, 8) + 8;
    this.#row = rowFloats * 4;
    const plane = () => kernels.allocate((height + 2) * rowFloats + 8) + this.#row + 16;
    this.#planes = [plane(), plane()];
    this.#drawn = kernels.allocate(8);
  }

  /**
   * Makes an image anew.
   *
   * @param image   among the pairs' images: 2 · pair + side
   * @param stride  bytes from one pixel to the next; its channels lie side by side
   * @returns how many of its pixels are not 0 before they are scaled
   */
  write(image: number, to: Pointer, stride: number): number {
    const { height, width, channels } = this.#pairs;
    const { rotation = 0, scale = 0, shear = 0, shift = 0, thickness = 0, elastic = 0 } = this.#augmentation;
    const { run } = this.#kernels;
    if (this.#warps)
      run.drawWarp(this.state, rotation / 90, scale, shear, shift, thickness, elastic, height, width, this.#warp);
    let count = 0;
    for (let channel = 0; channel < channels; channel++)
      count += this.#writePlane(this.#source + (image * channels + channel) * this.#plane, to + channel * 4, stride);
    return count;
  }

  #writePlane(source: Pointer, to: Pointer, stride: number): number {
    const { height, width } = this.#pairs;
    const { mean, deviation } = this.#scale;
    const { thickness = 0, noise = 0, resampling } = this.#augmentation;
    const { run } = this.#kernels;
    const [first, second] = this.#planes;
    let [from, row] = [source, this.#sourceRow];
    if (this.#warps) {
      run.warpImage(
        source,
        this.#sourceRow,
        height,
        width,
        this.#warp,
        this.#rowShares,
        this.#columnShares,
        this.#field,
        Number(resampling === "bilinear"),
        first,
        this.#row,
      );
      [from, row] = [first, this.#row];
    }
    if (thickness > 0) {
      run.thicken(this.#warp, from, row, height, width, second);
      from = second;
    }
    if (noise > 0) {
      run.addNoise(this.state, noise, from, row, height, width, this.#drawn, first, this.#row);
      [from, row] = [first, this.#row];
    }
    return run.standardise(from, row, height, width, mean, deviation, to, stride);
  }

  /** Raw pixels with their margins: planes above one another, MARGIN rows between them. */
  #copy({ count, height, width, channels, images }: Pairs): Pointer {
    const planes = 2 * count * channels;
    const corner = MARGIN * this.#sourceRow + MARGIN * 4;
    const pointer = this.#kernels.allocate((corner + planes * this.#plane) / 4 + MARGIN);
    for (let plane = 0; plane < planes; plane++)
      for (let y = 0; y < height; y++) {
        const from = (plane * height + y) * width;
        this.#kernels
          .floats(pointer + corner + plane * this.#plane + y * this.#sourceRow, width)
          .set(images.subarray(from, from + width));
      }
    return pointer + corner;
  }
}
