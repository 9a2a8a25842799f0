import { checkPicture } from "./check-picture.js";
import { crc32, loadZlib } from "./deflate.js";
import type { Picture } from "./picture.js";

/** Colour types of 1 and 3 channels, without and with alpha. */
const COLOUR = { 1: [0, 4], 3: [2, 6] } as const;

/** A picture as a PNG file of 8 bits a channel. */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  checkPicture(picture);
  const { height, width, channels, pixels, alpha } = picture;
  const { zlibSync } = await loadZlib();
  const samples = channels + (alpha ? 1 : 0);
  const rows = new Uint8Array(height * (1 + width * samples));
  for (let y = 0, to = 0, pixel = 0; y < height; y++) {
    // The filter, none.
    to++;
    for (let x = 0; x < width; x++, pixel++) {
      for (let channel = 0; channel < channels; channel++) rows[to++] = pixels[pixel * channels + channel] as number;
      if (alpha) rows[to++] = alpha[pixel] as number;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = COLOUR[channels][alpha ? 1 : 0];
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const result = new Uint8Array(12 + data.length);
  const view = new DataView(result.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) result[4 + i] = type.charCodeAt(i);
  result.set(data, 8);
  view.setUint32(8 + data.length, crc32(result.subarray(4, 8 + data.length)));
  return result;
}
