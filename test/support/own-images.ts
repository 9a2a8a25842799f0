import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePicture } from "../../src/core/pictures/decode.js";
import { encodePng } from "../../src/core/pictures/index.js";
import { idx } from "./idx.js";
import { codecs, flag, flagNames } from "./pictures.js";

/** Writes a folder of flags, a folder each, in which each picture is the flag in another light. */
export async function writeFlags(folder: string, classes: number, pictures: number): Promise<string[]> {
  const files = flagNames();
  const chosen = Array.from({ length: classes }, (_, i) => files[Math.floor((i * files.length) / classes)] as string);
  for (const file of chosen) {
    const name = file.replace(/\.png$/, "");
    const picture = await decodePicture(flag(file), file, codecs);
    await mkdir(join(folder, name), { recursive: true });
    for (let i = 0; i < pictures; i++) {
      const light = 0.6 + (0.4 * i) / pictures;
      const pixels = Uint8Array.from(picture.pixels, (pixel: number) => Math.round(pixel * light));
      await writeFile(join(folder, name, `${i}.png`), await encodePng({ ...picture, pixels }));
    }
  }
  return chosen.map((file) => file.replace(/\.png$/, ""));
}

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
