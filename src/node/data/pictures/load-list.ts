import { dirname } from "node:path";
import type { ImageOptions } from "../../../core/data/image-options.js";
import { InvalidRequest } from "../../../core/errors.js";
import type { DecodingProgress } from "../../../core/picture-sets/decode.js";
import { type ListSet, listSet } from "../../../core/picture-sets/load-list.js";
import type { PairListOptions } from "../../../core/picture-sets/pair-list.js";
import { nameOfPath } from "../own-name.js";
import { pictureTools } from "./load.js";
import { fileAt, folderTree, statusOf } from "./tree.js";

/** How a list of pairs is read as a data set. */
export interface ListOptions extends PairListOptions {
  /** Where the files that it names lie; default the list's folder. */
  readonly images?: string | undefined;
}

/**
 * Loads a list of pairs, with the pictures that it names.
 *
 * @throws InvalidRequest naming the row where something is wrong
 */
export async function loadList(
  path: string,
  lists: ListOptions,
  asked: ImageOptions,
  onProgress: DecodingProgress,
): Promise<ListSet> {
  const folder = lists.images ?? dirname(path);
  if (!statusOf(folder, "--images takes the folder of the pictures that the list names").isDirectory())
    throw new InvalidRequest(`${folder} is no folder: --images takes the folder of the pictures that the list names`);
  const list = fileAt(path, "it must be a list of pairs");
  return listSet(nameOfPath(path), { list, tree: folderTree(folder) }, lists, asked, pictureTools(), onProgress);
}
