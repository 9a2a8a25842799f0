import { InvalidRequest } from "../errors.js";
import type { Codec } from "./codecs.js";
import { orientationOf, upright } from "./orientation.js";
import { checkSize, damaged, fromRgba, type Picture, truncated } from "./picture.js";

const ANIMATED = 2;

/**
 * Decodes a WebP image, lossy or lossless, with or without alpha, as its EXIF orientation asks for it.
 *
 * @throws InvalidRequest where the file is damaged, or is an animation
 */
export async function decodeWebp(bytes: Uint8Array, name: string, codec: Codec): Promise<Picture> {
  const { height, width, exif } = readHeader(bytes, name);
  const { image, said } = await codec.decode(bytes);
  if (!image) damaged(name, said.at(-1) ?? "its pixels do not decode as WebP");
  if (image.height !== height || image.width !== width) damaged(name, "its pixels are not those of its header");
  const picture = fromRgba(image.data, height, width, 3, true);
  return exif ? upright(picture, orientationOf(exif)) : picture;
}

function readHeader(bytes: Uint8Array, name: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // "RIFF", the length of what follows, "WEBP".
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) truncated(name, bytes, `the ${end} that its WebP header asks for`);
  let size: readonly [height: number, width: number] | undefined;
  let exif: Uint8Array | undefined;
  let pixels = false;
  for (let at = 12; at + 8 <= end; ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    if (!/^[ -~]{4}$/.test(type)) damaged(name, `there is no WebP chunk at byte ${at}`);
    const start = at + 8;
    if (start + length > end) truncated(name, bytes, `its WebP chunk ${type.trim()}`);
    const data = new DataView(bytes.buffer, bytes.byteOffset + start, length);
    if (type === "VP8X") {
      if (length < 10) damaged(name, `its WebP chunk VP8X has ${length} bytes, not 10`);
      if (data.getUint8(0) & ANIMATED)
        throw new InvalidRequest(`${name} is a WebP animation: it must be a single image`);
      size = [1 + uint24(data, 7), 1 + uint24(data, 4)];
      checkSize(name, ...size);
    } else if (type === "VP8 " || type === "VP8L") {
      const frame = type === "VP8L" ? losslessSize(data, name) : lossySize(data, name);
      checkSize(name, ...frame);
      size ??= frame;
      pixels = true;
    } else if (type === "EXIF") exif = bytes.subarray(start, start + length);
    // Chunks begin at even bytes.
    at = start + length + (length & 1);
  }
  if (!size || !pixels) damaged(name, "it has no pixels, a WebP chunk VP8 or VP8L");
  return { height: size[0], width: size[1], exif };
}

const uint24 = (data: DataView, at: number): number => data.getUint16(at, true) | (data.getUint8(at + 2) << 16);

function lossySize(data: DataView, name: string): readonly [height: number, width: number] {
  if (data.byteLength < 10 || data.getUint16(3) !== 0x9d01 || data.getUint8(5) !== 0x2a)
    damaged(name, "its WebP chunk VP8 is no key frame");
  // The two highest bits are of scaling.
  return [data.getUint16(8, true) & 0x3fff, data.getUint16(6, true) & 0x3fff];
}

function losslessSize(data: DataView, name: string): readonly [height: number, width: number] {
  if (data.byteLength < 5 || data.getUint8(0) !== 0x2f) damaged(name, "its WebP chunk VP8L has a wrong first byte");
  const bits = data.getUint32(1, true);
  return [1 + ((bits >> 14) & 0x3fff), 1 + (bits & 0x3fff)];
}
