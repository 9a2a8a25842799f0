import { type Augmentation, checkAugmentation, GRID, gridShares, warps } from "../../data/augmentation.js";
import type { PixelScale } from "../../data/normalization.js";
import type { Pairs } from "../../data/pairs.js";
import { Stream } from "../../random/streams.js";
import { roundUp } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";

/** Pixels of 0 on each side of an image, so that no tap needs a check. A row's right margin is the next row's left margin. */
const MARGIN = 4;
/** The floats of a warp as `drawWarp` writes it. */
const WARP = 40;

/** The properties of pairs that are known before the pairs themselves. */
export type PairsShape = Pick<Pairs, "count" | "height" | "width" | "channels">;

/** Memory for raw images and for the steps of their augmentation. */
export interface AugmenterRoom {
  /** i32 [4, 4]: the generators of the augmentation's stream. */
  readonly state: Pointer;
  /** The first pixel of the first plane; the bytes from a row, and from a plane, to the next. */
  readonly source: Pointer;
  readonly sourceRow: number;
  readonly plane: number;
  readonly warp: Pointer;
  /** As `warpImage` needs them; 0 without elastic offsets. */
  readonly rowShares: Pointer;
  readonly columnShares: Pointer;
  /** The floats of a row of `columnShares`. */
  readonly across: number;
  readonly field: Pointer;
  /** The first pixels of two planes with a border, the bytes of their rows, and 8 floats. */
  readonly planes: readonly [Pointer, Pointer];
  readonly row: number;
  readonly drawn: Pointer;
}

/** @throws InvalidRequest where a value of the augmentation is out of range */
export function placeAugmenter(
  kernels: KernelSpace,
  { count, height, width, channels }: PairsShape,
  augmentation: Augmentation,
): AugmenterRoom {
  checkAugmentation(augmentation);
  const state = kernels.allocate(16);
  const sourceRow = (width + MARGIN) * 4;
  const plane = (height + MARGIN) * sourceRow;
  // Planes follow one another with MARGIN rows between them.
  const corner = MARGIN * sourceRow + MARGIN * 4;
  const source = kernels.allocate((corner + 2 * count * channels * plane) / 4 + MARGIN) + corner;
  const across = roundUp(width, 4);
  const warp = kernels.allocate(WARP);
  const rowShares = augmentation.elastic ? kernels.allocate(height * GRID) : 0;
  const columnShares = kernels.allocate(GRID * across);
  const field = kernels.allocate(2 * GRID * across);
  // Noise needs whole vectors of 8. There is a border of 1 before each row, rounded up, and after it.
  const rowFloats = roundUp(width, 8) + 8;
  const row = rowFloats * 4;
  const bordered = () => kernels.allocate((height + 2) * rowFloats + 8) + row + 16;
  const planes = [bordered(), bordered()] as const;
  const drawn = kernels.allocate(8);
  return { state, source, sourceRow, plane, warp, rowShares, columnShares, across, field, planes, row, drawn };
}

/** Raw images in the kernels' memory, from which it makes images for networks: warped, thickened, noisy and scaled. */
export class Augmenter {
  readonly #kernels: KernelSpace;
  readonly #pairs: Pairs;
  readonly #scale: PixelScale;
  readonly #augmentation: Augmentation;
  readonly #warps: boolean;
  readonly #room: AugmenterRoom;

  /**
   * @param room  from `placeAugmenter` for such pairs
   * @throws InvalidRequest where a value of the augmentation is out of range
   */
  constructor(
    kernels: KernelSpace,
    pairs: Pairs,
    scale: PixelScale,
    augmentation: Augmentation,
    seed: number,
    room = placeAugmenter(kernels, pairs, augmentation),
  ) {
    const { height, width } = pairs;
    this.#kernels = kernels;
    this.#pairs = pairs;
    this.#scale = scale;
    this.#augmentation = augmentation;
    this.#warps = warps(augmentation);
    this.#room = room;
    const stream = new Stream(seed, "augmentation");
    const state = kernels.integers(room.state, 16);
    for (let word = 0; word < 16; word++) state[word] = stream.bits();
    const { rowShares, columnShares, across } = room;
    gridShares(height).forEach((shares, y) => {
      if (rowShares) kernels.floats(rowShares + y * GRID * 4, GRID).set(shares);
    });
    const columns = kernels.floats(columnShares, GRID * across);
    gridShares(width).forEach((shares, x) => {
      for (let point = 0; point < GRID; point++) columns[point * across + x] = shares[point] as number;
    });
    this.#copy(pairs);
  }

  /** i32 [4, 4]: the generators of the augmentation's stream. */
  get state(): Pointer {
    return this.#room.state;
  }

  /**
   * Makes a new variant of an image.
   *
   * @param image   its index among the pairs' images: 2 · pair + side
   * @param stride  bytes from one pixel to the next; a pixel's channels lie side by side
   * @returns how many of its pixels are not 0 before they are scaled
   */
  write(image: number, to: Pointer, stride: number): number {
    const { channels } = this.#pairs;
    const { source, plane } = this.#room;
    this.#draw();
    let count = 0;
    for (let channel = 0; channel < channels; channel++)
      count += this.#writePlane(source + (image * channels + channel) * plane, to + channel * 4, stride);
    return count;
  }

  /** Draws what a new variant of an image takes. */
  skip(): void {
    this.#draw();
    const { height, width, channels } = this.#pairs;
    const { noise = 0 } = this.#augmentation;
    if (noise === 0) return;
    const { state, sourceRow, source, drawn, planes, row } = this.#room;
    for (let channel = 0; channel < channels; channel++)
      this.#kernels.run.addNoise(state, noise, source, sourceRow, height, width, drawn, planes[0], row);
  }

  #draw(): void {
    if (!this.#warps) return;
    const { height, width } = this.#pairs;
    const { rotation = 0, scale = 0, shear = 0, shift = 0, thickness = 0, elastic = 0 } = this.#augmentation;
    const { state, warp } = this.#room;
    this.#kernels.run.drawWarp(state, rotation / 90, scale, shear, shift, thickness, elastic, height, width, warp);
  }

  #writePlane(source: Pointer, to: Pointer, stride: number): number {
    const { height, width } = this.#pairs;
    const { mean, deviation } = this.#scale;
    const { thickness = 0, noise = 0, resampling } = this.#augmentation;
    const { run } = this.#kernels;
    const { state, sourceRow, warp, rowShares, columnShares, field, planes, drawn } = this.#room;
    const [first, second] = planes;
    let [from, row] = [source, sourceRow];
    if (this.#warps) {
      run.warpImage(
        source,
        sourceRow,
        height,
        width,
        warp,
        rowShares,
        columnShares,
        field,
        Number(resampling === "bilinear"),
        first,
        this.#room.row,
      );
      [from, row] = [first, this.#room.row];
    }
    if (thickness > 0) {
      run.thicken(warp, from, row, height, width, second);
      from = second;
    }
    if (noise > 0) {
      run.addNoise(state, noise, from, row, height, width, drawn, first, this.#room.row);
      [from, row] = [first, this.#room.row];
    }
    return run.standardise(from, row, height, width, mean, deviation, to, stride);
  }

  #copy({ count, height, width, channels, images }: Pairs): void {
    const { source, sourceRow, plane: planeBytes } = this.#room;
    const planes = 2 * count * channels;
    for (let plane = 0; plane < planes; plane++)
      for (let y = 0; y < height; y++) {
        const from = (plane * height + y) * width;
        this.#kernels
          .floats(source + plane * planeBytes + y * sourceRow, width)
          .set(images.subarray(from, from + width));
      }
  }
}
