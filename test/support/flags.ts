import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePicture, encodePng, preparePicture } from "../../src/core/index.js";
import { pictureCodecs } from "../../src/node/index.js";

const FLAGS = new URL("../../node_modules/svg-country-flags/png100px/", import.meta.url).pathname;

/**
 * Writes a folder of flags, a folder for each country: the flag, and the same as somebody else might have drawn it, small, paler and
 * with a dark edge.
 *
 * @returns the countries
 */
export async function writeFlags(folder: string, count: number): Promise<string[]> {
  const names = (await readdir(FLAGS)).filter((name) => /^[a-z]{2}\.png$/.test(name)).slice(0, count);
  const codecs = pictureCodecs();
  for (const name of names) {
    const country = name.slice(0, 2);
    await mkdir(join(folder, country), { recursive: true });
    const bytes = await readFile(join(FLAGS, name));
    await writeFile(join(folder, country, "large.png"), bytes);
    await writeFile(join(folder, country, "small.png"), await redrawn(await decodePicture(bytes, name, codecs)));
  }
  return names.map((name) => name.slice(0, 2));
}

const SMALL = { height: 12, width: 18 };

async function redrawn(picture: Parameters<typeof preparePicture>[0]): Promise<Uint8Array> {
  const white = [255, 255, 255];
  const seen = preparePicture(picture, { ...SMALL, channels: 3, fit: "stretch", background: white });
  const { height, width } = SMALL;
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isEdge = y === 0 || x === 0 || y === height - 1 || x === width - 1;
      for (let channel = 0; channel < 3; channel++) {
        const value = (seen[(channel * height + y) * width + x] as number) / 256;
        pixels[(y * width + x) * 3 + channel] = Math.round(isEdge ? 0.6 * value : 60 + 0.7 * value);
      }
    }
  return encodePng({ height, width, channels: 3, pixels });
}
