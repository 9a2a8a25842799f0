import { InvalidRequest } from "../../../core/errors.js";
import type { NamedPicture } from "../../../core/inspection/index.js";
import { isNoPicture } from "../../../core/picture-sets/layout.js";
import { bytesOf } from "../../../core/picture-sets/tree.js";
import { decodePicture } from "../../../core/pictures/index.js";
import { count } from "../../../core/text/format.js";
import { pictureCodecs } from "../../data/codecs.js";
import { fileAt, folderTree, statusOf } from "../../data/pictures/tree.js";
import { remark } from "../terminal/output.js";

const RIGHT = "name a picture, or a folder of them";

/** The pictures below a folder, by their paths; texts and lists are passed over. */
export const imagesIn = (folder: string): string[] =>
  folderTree(folder)
    .files.filter(({ path }) => !isNoPicture(path))
    .map(({ name }) => name);

/** A picture's path, or those of a folder's pictures. @throws InvalidRequest where there is none */
export function filesOf(path: string): string[] {
  if (!statusOf(path, RIGHT).isDirectory()) return [path];
  const found = imagesIn(path);
  if (found.length === 0) throw new InvalidRequest(`${path} has no pictures in it: ${RIGHT}`);
  return found;
}

/** Pictures by their paths, each decoded once. @throws InvalidRequest naming the first that cannot be read */
export async function readPictures(paths: Iterable<string>): Promise<Map<string, NamedPicture>> {
  const codecs = pictureCodecs();
  const pictures = new Map<string, NamedPicture>();
  for (const path of new Set(paths))
    pictures.set(path, { name: path, picture: await decodePicture(await bytesOf(fileAt(path, RIGHT)), path, codecs) });
  return pictures;
}

/** Says how pictures differ from those that a run was trained on: of the first how, of others only how many. */
export function sayWhatDiffers([first, ...others]: readonly string[]): void {
  const more = others.length === 1 ? "; so does 1 other" : `; so do ${count(others.length)} others`;
  if (first !== undefined) remark(`${first}${others.length > 0 ? more : ""}`);
}
