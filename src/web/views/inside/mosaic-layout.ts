import type { Shape, UnitPlace } from "../../../core/index.js";

/** The layout of a layer's maps in one image, in pixels of that image. */
export interface MosaicLayout {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Screen pixels for each pixel of the image. */
  readonly zoom: number;
  /** The distance from one map to the next. */
  readonly stepX: number;
  readonly stepY: number;
}

/** The largest width of a mosaic, in screen pixels. */
const WIDEST = 840;

export function mosaicLayout(
  { channels, height, width }: Shape,
  columns = usualColumns({ channels, height, width }),
): MosaicLayout {
  const gap = height * width > 1 ? 1 : 0;
  const [stepX, stepY] = [width + gap, height + gap];
  const rows = Math.ceil(channels / columns);
  const across = columns * stepX - gap;
  const zoom = Math.max(1, Math.min(24, Math.floor(WIDEST / across)));
  return { columns, width: across, height: rows * stepY - gap, zoom, stepX, stepY };
}

/** Vectors have rows of 32. Maps are arranged about twice as wide as high. */
function usualColumns({ channels, height, width }: Shape): number {
  if (height * width === 1) return Math.min(channels, 32);
  return Math.min(channels, 2 ** Math.ceil(Math.log2(Math.sqrt(2 * channels))));
}

/** The unit at a pixel of the mosaic; undefined between two maps and after the last. */
export function unitAt(
  { columns, stepX, stepY }: MosaicLayout,
  { channels, height, width }: Shape,
  x: number,
  y: number,
): UnitPlace | undefined {
  const [across, down] = [Math.floor(x / stepX), Math.floor(y / stepY)];
  const place = {
    channel: down * columns + across,
    row: Math.floor(y) - down * stepY,
    column: Math.floor(x) - across * stepX,
  };
  const isInside = across >= 0 && across < columns && place.channel >= 0 && place.channel < channels;
  return isInside && place.row >= 0 && place.row < height && place.column >= 0 && place.column < width
    ? place
    : undefined;
}

/** The mosaic's pixel of a unit. */
export const pixelOf = ({ columns, stepX, stepY }: MosaicLayout, { channel, row, column }: UnitPlace) => ({
  x: (channel % columns) * stepX + column,
  y: Math.floor(channel / columns) * stepY + row,
});
