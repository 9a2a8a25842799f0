import type { Picture } from "./picture.js";

/** Which of the eight ways a picture is to be turned or mirrored: 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const TAG = 0x0112;
const SHORT = 3;

/**
 * The orientation that EXIF data asks for: 1 where it asks for none, or is damaged, for the picture is whole without it.
 *
 * @param exif  a TIFF structure, "Exif" and two zero bytes before it or not
 */
export function orientationOf(exif: Uint8Array): Orientation {
  const start = exif[0] === 0x45 ? 6 : 0;
  const view = new DataView(
    exif.buffer,
    exif.byteOffset + Math.min(start, exif.length),
    Math.max(0, exif.length - start),
  );
  if (view.byteLength < 8) return 1;
  const order = view.getUint16(0);
  const little = order === 0x4949;
  if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0, at = directory + 2; entry < entries && at + 12 <= view.byteLength; entry++, at += 12)
    if (view.getUint16(at, little) === TAG && view.getUint16(at + 2, little) === SHORT) {
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? (value as Orientation) : 1;
    }
  return 1;
}

/** The picture as its orientation asks for it. */
export function upright(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const { height, width, channels, pixels, alpha } = picture;
  return {
    height: orientation > 4 ? width : height,
    width: orientation > 4 ? height : width,
    channels,
    pixels: turned(pixels, height, width, channels, orientation),
    ...(alpha && { alpha: turned(alpha, height, width, 1, orientation) }),
  };
}

const FROM_BELOW: readonly Orientation[] = [3, 4, 6, 7];
const FROM_THE_RIGHT: readonly Orientation[] = [2, 3, 7, 8];

function turned(
  pixels: Uint8Array,
  height: number,
  width: number,
  channels: number,
  orientation: Orientation,
): Uint8Array {
  const [swapped, below, right] = [
    orientation > 4,
    FROM_BELOW.includes(orientation),
    FROM_THE_RIGHT.includes(orientation),
  ];
  const result = new Uint8Array(pixels.length);
  const [rows, columns] = swapped ? [width, height] : [height, width];
  for (let y = 0, to = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const [down, across] = swapped ? [x, y] : [y, x];
      const row = below ? height - 1 - down : down;
      const column = right ? width - 1 - across : across;
      const from = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) result[to++] = pixels[from + channel] as number;
    }
  return result;
}
