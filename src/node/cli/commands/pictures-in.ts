import { isNoPicture } from "../../data/pictures/layout.js";
import { folderTree } from "../../data/pictures/tree.js";

/** The pictures below a folder, by their paths; texts and lists are passed over. */
export const imagesIn = (folder: string): string[] =>
  folderTree(folder)
    .files.filter(({ path }) => !isNoPicture(path))
    .map(({ name }) => name);
