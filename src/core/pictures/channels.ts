import type { Picture } from "./picture.js";

/** The grey of a colour, as ITU-R 601-2 weighs it, in 65536ths: a whole number. */
export const greyOf = (red: number, green: number, blue: number): number =>
  (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;

/** A value laid over another by its alpha, rounded once. */
export const overlaid = (value: number, alpha: number, background: number): number =>
  Math.floor((value * alpha + background * (255 - alpha) + 127) / 255);

/**
 * A picture's pixels over a background, with as many channels as asked for: alpha first, then grey.
 *
 * @param background  0–255 of each channel asked for
 * @returns [height, width, channels], the picture's own array where nothing changes
 */
export function opaquePixels(picture: Picture, channels: 1 | 3, background: readonly number[]): Uint8Array {
  const { height, width, channels: given, pixels, alpha } = picture;
  if (!alpha && given === channels) return pixels;
  const count = height * width;
  const result = new Uint8Array(count * channels);
  for (let pixel = 0; pixel < count; pixel++) {
    const opacity = alpha ? (alpha[pixel] as number) : 255;
    const value = (channel: number): number => {
      const own = pixels[given === 1 ? pixel : pixel * given + channel] as number;
      if (opacity === 255) return own;
      return overlaid(own, opacity, background[channels === 1 ? 0 : channel] as number);
    };
    if (channels === 3) for (let channel = 0; channel < 3; channel++) result[3 * pixel + channel] = value(channel);
    else result[pixel] = given === 1 ? value(0) : greyOf(value(0), value(1), value(2));
  }
  return result;
}
