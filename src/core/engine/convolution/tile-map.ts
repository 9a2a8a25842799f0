import type { Shape } from "../../network/shape.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { Border } from "./border.js";

/** The kernels' mark of an output beyond the map. */
const BEYOND = -1;

/** An output map cut into square tiles, row by row. The tiles of the last row and column may reach beyond it. */
export class TileMap {
  readonly down: number;
  readonly across: number;
  readonly #shape: Shape;
  readonly #tile: number;

  constructor(shape: Shape, tile: number) {
    this.down = Math.ceil(shape.height / tile);
    this.across = Math.ceil(shape.width / tile);
    this.#shape = shape;
    this.#tile = tile;
  }

  /** The tiles of one image. */
  get tiles(): number {
    return this.down * this.across;
  }

  /** u32 [images · tiles]: the bytes from the first image's corner, border included, to each tile's first input. */
  corners(kernels: KernelSpace, images: number, { rowBytes, imageBytes }: Border, pixelBytes: number): Pointer {
    const pointer = kernels.allocate(images * this.tiles);
    kernels.integers(pointer, images * this.tiles).forEach((_, at, corners) => {
      const [image, tile] = [Math.floor(at / this.tiles), at % this.tiles];
      const [row, column] = [Math.floor(tile / this.across), tile % this.across];
      corners[at] = image * imageBytes + this.#tile * (row * rowBytes + column * pixelBytes);
    });
    return pointer;
  }

  /**
   * u32 [images · tiles, tile²]: the bytes from y to each output of each tile, or BEYOND.
   *
   * @param order  the output pixels in the order of their rows in y
   */
  outputRows(kernels: KernelSpace, images: number, order: Int32Array, rowBytes: number): Pointer {
    const tile = this.#tile;
    const count = images * this.tiles * tile ** 2;
    const pointer = kernels.allocate(count);
    const rows = kernels.integers(pointer, count).fill(BEYOND);
    for (let image = 0; image < images; image++)
      order.forEach((pixel, row) => {
        const [y, x] = [Math.floor(pixel / this.#shape.width), pixel % this.#shape.width];
        const at = image * this.tiles + Math.floor(y / tile) * this.across + Math.floor(x / tile);
        rows[at * tile ** 2 + (y % tile) * tile + (x % tile)] = (image * order.length + row) * rowBytes;
      });
    return pointer;
  }
}
