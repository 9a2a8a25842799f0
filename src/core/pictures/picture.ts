import { InvalidRequest } from "../errors.js";

/** An image as a file holds it, upright, 8 bits a channel. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1 of grey-scale images, 3 of red, green and blue. */
  readonly channels: 1 | 3;
  /** [height, width, channels]. */
  readonly pixels: Uint8Array;
  /** [height, width], 255 where opaque; left out where all pixels are. */
  readonly alpha?: Uint8Array;
}

/** Pixels of a side, and of a whole picture, that are decoded at most. */
export const MOST_SIDE = 16_384;
export const MOST_PIXELS = 64_000_000;

/** The formats that are read. */
export const FORMATS = "PNG, JPEG, WebP, PGM or PPM";

/**
 * A file whose bytes are not what its format asks for.
 *
 * @throws InvalidRequest "NAME is damaged: WHY"
 */
export function damaged(name: string, why: string): never {
  throw new InvalidRequest(`${name} is damaged: ${why}`);
}

/**
 * @param need  what would have followed: "a PNG chunk"
 * @throws InvalidRequest "NAME is truncated: its N bytes end within NEED"
 */
export function truncated(name: string, bytes: Uint8Array, need: string): never {
  throw new InvalidRequest(`${name} is truncated: its ${bytes.length} bytes end within ${need}`);
}

/** Refuses, before there is memory for it, what a header says is empty or too large. */
export function checkSize(name: string, height: number, width: number): void {
  const size = `${name} is ${height}×${width} pixels (height × width) by its header`;
  if (height < 1 || width < 1) throw new InvalidRequest(`${size}: it must be 1×1 at least`);
  if (height > MOST_SIDE || width > MOST_SIDE)
    throw new InvalidRequest(`${size}: a side must be ${MOST_SIDE} pixels at most`);
  if (height * width > MOST_PIXELS)
    throw new InvalidRequest(`${size}: it must be ${MOST_PIXELS / 1e6} million pixels at most`);
}

/** A picture of what was decoded: an alpha that hides nothing is left out. */
export function pictureOf(
  height: number,
  width: number,
  channels: 1 | 3,
  pixels: Uint8Array,
  alpha?: Uint8Array,
): Picture {
  const hides = alpha?.some((value) => value !== 255);
  return { height, width, channels, pixels, ...(alpha && hides && { alpha }) };
}

/**
 * A picture of four bytes a pixel, as the decoders of JPEG and WebP give it.
 *
 * @param channels  1 of a grey-scale image, whose red, green and blue are the same
 */
export function fromRgba(
  rgba: Uint8ClampedArray,
  height: number,
  width: number,
  channels: 1 | 3,
  hasAlpha: boolean,
): Picture {
  const count = height * width;
  const pixels = new Uint8Array(count * channels);
  for (let channel = 0; channel < channels; channel++)
    for (let pixel = 0, to = channel; pixel < count; pixel++, to += channels)
      pixels[to] = rgba[4 * pixel + channel] as number;
  if (!hasAlpha) return { height, width, channels, pixels };
  const alpha = new Uint8Array(count);
  for (let pixel = 0; pixel < count; pixel++) alpha[pixel] = rgba[4 * pixel + 3] as number;
  return pictureOf(height, width, channels, pixels, alpha);
}
