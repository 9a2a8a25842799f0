import type { Picture } from "./picture.js";

/** The grey of a colour, as ITU-R 601-2 weighs it, in 65536ths: a whole number. */
export const greyOf = (red: number, green: number, blue: number): number =>
  (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;

/** A value laid over another by its alpha, rounded once. */
const overlaid = (value: number, alpha: number, background: number): number =>
  Math.floor((value * alpha + background * (255 - alpha) + 127) / 255);

/**
 * A picture's pixels over a background, with as many channels as asked for: alpha first, then grey.
 *
 * @param background  0–255 of each channel asked for
 * @returns [height, width, channels], the picture's own array where nothing changes
 */
export function opaquePixels(picture: Picture, channels: 1 | 3, background: readonly number[]): Uint8Array {
  const { channels: given, pixels, alpha } = picture;
  const spread = given < channels ? repeated(pixels) : pixels;
  const over = alpha ? laidOver(spread, alpha, given > channels ? thrice(background) : background) : spread;
  return given > channels ? greyed(over) : over;
}

const thrice = ([grey]: readonly number[]): readonly number[] => [grey, grey, grey] as number[];

function repeated(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array(3 * pixels.length);
  for (let pixel = 0, to = 0; pixel < pixels.length; pixel++, to += 3)
    result[to] = result[to + 1] = result[to + 2] = pixels[pixel] as number;
  return result;
}

function greyed(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array(pixels.length / 3);
  for (let pixel = 0, from = 0; pixel < result.length; pixel++, from += 3)
    result[pixel] = greyOf(pixels[from] as number, pixels[from + 1] as number, pixels[from + 2] as number);
  return result;
}

function laidOver(pixels: Uint8Array, alpha: Uint8Array, background: readonly number[]): Uint8Array {
  const channels = background.length;
  const result = new Uint8Array(pixels.length);
  for (let channel = 0; channel < channels; channel++) {
    const behind = background[channel] as number;
    for (let pixel = 0, at = channel; pixel < alpha.length; pixel++, at += channels)
      result[at] = overlaid(pixels[at] as number, alpha[pixel] as number, behind);
  }
  return result;
}
