import type { Shape } from "../../network/shape.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { Border } from "./border.js";

/** The kernels' mark of an output beyond the map. */
const BEYOND = -1;
/** The kernels list as many outputs of any tile, four to a row. */
const LISTED = 16;
const LISTED_ACROSS = 4;

/** A part of a side: the place of its first output, and how many it has. The last one may reach beyond the side. */
interface Stretch {
  readonly from: number;
  readonly length: number;
}

/**
 * Cuts a side of a map into the stretches that take the fewest points.
 *
 * @param lengths  the lengths that stretches can have, the longest first
 * @param cost     the points of a stretch
 */
export function stretchesOf(side: number, lengths: readonly number[], cost: (length: number) => number): Stretch[] {
  /** For the first n outputs: the fewest points, and the length of the last stretch. */
  const fewest = [{ points: 0, length: 0 }];
  for (let n = 1; n <= side; n++) {
    const choices = lengths.map((length) => ({
      points: (fewest[Math.max(0, n - length)]?.points ?? 0) + cost(length),
      length,
    }));
    fewest.push(choices.reduce((best, choice) => (choice.points < best.points ? choice : best)));
  }
  const chosen: number[] = [];
  for (let n = side; n > 0; n -= chosen.at(-1) ?? n) chosen.push(fewest[n]?.length ?? n);
  let from = 0;
  return chosen
    .sort((a, b) => b - a)
    .map((length) => {
      const stretch = { from, length };
      from += length;
      return stretch;
    });
}

/** The tiles of an image that have as many rows and columns of outputs. */
export interface TileKind {
  readonly rows: number;
  readonly columns: number;
  /** In one image: these tiles, and those of all kinds before. */
  readonly count: number;
  readonly before: number;
  /** The place of each one's first output. */
  readonly places: readonly (readonly [row: number, column: number])[];
}

/** An output map cut into tiles, kind by kind, each kind row by row. */
export class TileMap {
  readonly kinds: readonly TileKind[];
  /** The tiles of one image. */
  readonly tiles: number;
  /** The outputs that the tiles have from the map's top to bottom, and from left to right. */
  readonly height: number;
  readonly width: number;
  readonly #shape: Shape;

  /** @param order  the kinds as [rows, columns], in the order of their tiles; one that the map has none of is there with 0 */
  constructor(
    shape: Shape,
    order: readonly (readonly [rows: number, columns: number])[],
    cost: (length: number) => number,
  ) {
    const lengths = [...new Set(order.flat())].sort((a, b) => b - a);
    const down = stretchesOf(shape.height, lengths, cost);
    const across = stretchesOf(shape.width, lengths, cost);
    let before = 0;
    this.kinds = order.map(([rows, columns]) => {
      const places = down
        .filter(({ length }) => length === rows)
        .flatMap((y) => across.filter(({ length }) => length === columns).map((x) => [y.from, x.from] as const));
      const kind = { rows, columns, count: places.length, before, places };
      before += places.length;
      return kind;
    });
    this.tiles = before;
    const end = (stretches: readonly Stretch[]) => stretches.reduce((sum, { length }) => sum + length, 0);
    this.height = end(down);
    this.width = end(across);
    this.#shape = shape;
  }

  /** u32 [images · count]: the bytes from the first image's corner, border included, to the first input of each tile of a kind. */
  corners(kernels: KernelSpace, kind: TileKind, images: number, border: Border, pixelBytes: number): Pointer {
    const pointer = kernels.allocate(images * kind.count);
    const corners = kernels.integers(pointer, images * kind.count);
    for (let image = 0; image < images; image++)
      kind.places.forEach(([row, column], tile) => {
        corners[image * kind.count + tile] = image * border.imageBytes + row * border.rowBytes + column * pixelBytes;
      });
    return pointer;
  }

  /**
   * u32 [images · count, 4, 4]: the bytes from y to each output of each tile of a kind, or BEYOND.
   *
   * @param order  the output pixels in the order of their rows in y
   */
  outputRows(kernels: KernelSpace, kind: TileKind, images: number, order: Int32Array, rowBytes: number): Pointer {
    const { height, width } = this.#shape;
    const rowOf = new Int32Array(height * width);
    order.forEach((pixel, row) => {
      rowOf[pixel] = row;
    });
    const length = images * kind.count * LISTED;
    const pointer = kernels.allocate(length);
    const rows = kernels.integers(pointer, length).fill(BEYOND);
    for (let image = 0; image < images; image++)
      kind.places.forEach(([top, left], tile) => {
        const at = (image * kind.count + tile) * LISTED;
        for (let y = top; y < Math.min(height, top + kind.rows); y++)
          for (let x = left; x < Math.min(width, left + kind.columns); x++)
            rows[at + (y - top) * LISTED_ACROSS + (x - left)] =
              (image * order.length + (rowOf[y * width + x] as number)) * rowBytes;
      });
    return pointer;
  }
}
