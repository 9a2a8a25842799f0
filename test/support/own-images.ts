import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePicture } from "../../src/core/pictures/decode.js";
import { encodePng } from "../../src/core/pictures/index.js";
import { idx } from "./idx.js";
import { codecs, flag, flagNames } from "./pictures.js";

/**
 * Writes a folder of flags, a folder each, in which each picture is the flag in another light.
 *
 * @param pictures  how many a flag has, by its number
 * @returns their names
 */
export async function writeFlags(
  folder: string,
  classes: number,
  pictures: (flag: number) => number,
): Promise<readonly string[]> {
  const files = flagNames();
  const chosen = Array.from({ length: classes }, (_, i) => files[Math.floor((i * files.length) / classes)] as string);
  for (const [i, file] of chosen.entries()) {
    const picture = await decodePicture(flag(file), file, codecs);
    const path = join(folder, nameOf(file));
    await mkdir(path, { recursive: true });
    for (let j = 0; j < pictures(i); j++) {
      const light = 0.6 + (0.4 * j) / pictures(i);
      const pixels = Uint8Array.from(picture.pixels, (pixel: number) => Math.round(pixel * light));
      await writeFile(join(path, `${j}.png`), await encodePng({ ...picture, pixels }));
    }
  }
  return chosen.map(nameOf);
}

const nameOf = (file: string): string => file.replace(/\.png$/, "");

/** Writes IDX files of letters' labels, 1 to 26 as EMNIST's: a bar whose place and length say the letter, with some noise. */
export async function writeLetters(folder: string, train: number, test: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [set, count] of [
    ["emnist-letters-train", train],
    ["emnist-letters-test", test],
  ] as const) {
    const labels = Uint8Array.from({ length: count }, (_, i) => 1 + (i % 26));
    const pixels = new Uint8Array(count * 784);
    labels.forEach((label, image) => {
      const [row, length] = [2 + (label % 6) * 4, 4 + Math.floor(label / 6) * 5];
      for (let y = row; y < row + 3; y++)
        for (let x = 2; x < 2 + length; x++) pixels[image * 784 + y * 28 + x] = 155 + ((image * 31 + x * 7 + y) % 100);
    });
    await writeFile(join(folder, `${set}-images-idx3-ubyte`), idx([count, 28, 28], pixels));
    await writeFile(join(folder, `${set}-labels-idx1-ubyte`), idx([count], labels));
  }
}
