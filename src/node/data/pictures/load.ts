import type { ImageOptions } from "../../../core/data/image-options.js";
import type { DecodingProgress } from "../../../core/picture-sets/decode.js";
import { layoutOf } from "../../../core/picture-sets/layout.js";
import { type PictureSet, type PictureTools, pictureSet } from "../../../core/picture-sets/load.js";
import { pictureCodecs } from "../codecs.js";
import { nameOfPath } from "../own-name.js";
import { keptDecoded } from "./cache.js";
import { decodeAll, memoryFor } from "./decode-all.js";
import { type DiskFile, openTree } from "./tree.js";

export interface LoadPicturesOptions extends ImageOptions {
  readonly onProgress?: DecodingProgress;
}

/** Pictures are decoded once, over threads; what they were decoded to is kept in the user's cache. */
export const pictureTools = (): PictureTools<DiskFile> => ({
  codecs: pictureCodecs(),
  memory: memoryFor,
  decodeAll,
  kept: keptDecoded,
});

/**
 * Loads pictures: a folder of classes, with or without splits, a `metadata.csv` or `metadata.jsonl`, or a zip archive of these.
 *
 * @throws InvalidRequest naming the file or the row where something is wrong
 */
export async function loadPictures(path: string, options: LoadPicturesOptions = {}): Promise<PictureSet> {
  const { onProgress = () => undefined, ...asked } = options;
  const tree = await openTree(path);
  const layout = await layoutOf(tree, asked.classes ? { classes: asked.classes } : {});
  return pictureSet(nameOfPath(path), tree, layout, asked, pictureTools(), onProgress);
}
