import { encodePng } from "../../core/pictures/index.js";

/** Pixels between images, the least side of an image, and the grey between them. */
const GRID = { gap: 2, least: 28, grey: 128 };

/**
 * Rows of images as one picture, enlarged where they are small.
 *
 * @param rows  images as networks see them, with their background: [channels, height, width], 0–255
 * @returns a PNG file
 */
export function imageGrid(
  rows: readonly (readonly Float32Array[])[],
  { height, width, channels }: { readonly height: number; readonly width: number; readonly channels: number },
): Promise<Uint8Array> {
  const columns = Math.max(...rows.map(({ length }) => length));
  const scale = Math.max(1, Math.ceil(GRID.least / Math.min(height, width)));
  const [cellHeight, cellWidth] = [height * scale + GRID.gap, width * scale + GRID.gap];
  const [sheetHeight, sheetWidth] = [rows.length * cellHeight + GRID.gap, columns * cellWidth + GRID.gap];
  const pixels = new Uint8Array(sheetHeight * sheetWidth * channels).fill(GRID.grey);
  for (const [row, shown] of rows.entries())
    for (const [column, image] of shown.entries()) {
      const [top, left] = [GRID.gap + row * cellHeight, GRID.gap + column * cellWidth];
      for (let y = 0; y < height * scale; y++)
        for (let x = 0; x < width * scale; x++)
          for (let channel = 0; channel < channels; channel++) {
            const from = channel * height * width + Math.floor(y / scale) * width + Math.floor(x / scale);
            pixels[((top + y) * sheetWidth + left + x) * channels + channel] = Math.round(image[from] as number);
          }
    }
  return encodePng({ height: sheetHeight, width: sheetWidth, channels: channels as 1 | 3, pixels });
}
