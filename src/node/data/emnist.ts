import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledImages } from "../../core/data/images.js";
import { InvalidRequest } from "../../core/errors.js";
import { parseWhole } from "../../core/formats/numbers.js";
import { quoted } from "../../core/given.js";
import { officialIdentity } from "../../core/picture-sets/idx-identity.js";
import { codeOf } from "../errors.js";
import type { Dataset } from "./dataset.js";
import type { IdxPlace } from "./idx-names.js";

/** EMNIST's images are written column by column. */
export const isEmnist = ({ prefix }: IdxPlace): boolean => /^emnist/i.test(prefix);

/**
 * EMNIST's images, all of them held, with rows and columns exchanged, and the characters of its classes where a file has them. They are
 * what IDX files of upright images would be.
 *
 * @throws InvalidRequest where that file is damaged
 */
export function upright(dataset: Dataset, place: IdxPlace): Dataset {
  const [train, test] = [transposed(dataset.train), transposed(dataset.test)];
  const values = dataset.identity.values ?? Array.from({ length: train.classes ?? 10 }, (_, value) => value);
  const labels = [...train.labels, ...test.labels].map((label) => values[label] as number);
  const pixels = new Uint8Array(train.pixels.length + test.pixels.length);
  pixels.set(train.pixels);
  pixels.set(test.pixels, train.pixels.length);
  const images = { height: train.height, width: train.width, pixels, labels: Uint8Array.from(labels) };
  const { sha256 } = officialIdentity(images, train.count);
  const classes = charactersOf(place, values);
  return { identity: { ...dataset.identity, sha256, ...(classes && { classes, values }) }, train, test };
}

function transposed(images: LabelledImages): LabelledImages {
  const { count, height, width, pixels } = images;
  const size = height * width;
  const turned = new Uint8Array(new SharedArrayBuffer(count * size));
  for (let start = 0; start < turned.length; start += size)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) turned[start + x * height + y] = pixels[start + y * width + x] as number;
  return { ...images, height: width, width: height, pixels: turned };
}

/** "12 67" or "3 67 99": a label, and the code of its character, or of both its characters. */
function charactersOf({ folder, prefix }: IdxPlace, values: readonly number[]): string[] | undefined {
  const path = join(folder, `${prefix}mapping.txt`);
  const text = textOf(path);
  if (text === undefined) return undefined;
  const characters = new Map<number, string>();
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    const [label, ...codes] = line.trim().split(/\s+/).map(parseWhole);
    const right = codes.length > 0 && codes.every((code) => code !== undefined && isCharacter(code));
    if (label === undefined || !right || characters.has(label))
      throw new InvalidRequest(
        `${path} row ${i + 1} must be a label that is new and the codes of its characters, such as 12 67, not ${quoted(line)}`,
      );
    characters.set(label, String.fromCodePoint(...(codes as number[])));
  }
  const names = values.map((value) => characters.get(value));
  const missing = values[names.indexOf(undefined)];
  if (missing !== undefined) throw new InvalidRequest(`${path} has no row of the label ${missing}: it must have one`);
  if (new Set(names).size < names.length)
    throw new InvalidRequest(`${path} has a character of two labels: name each once`);
  return names as string[];
}

const isCharacter = (code: number): boolean => code > 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new InvalidRequest(`cannot read ${path} (${codeOf(error)}): it must be a readable file`);
  }
}
