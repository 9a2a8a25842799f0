import { InvalidRequest } from "../errors.js";
import { namesFile } from "./layout.js";
import { isLfw } from "./lfw.js";
import { listText, type Row, unevenRowsOf } from "./rows.js";
import { METADATA } from "./splits.js";
import { bytesOf, type FileTree, type TreeFile } from "./tree.js";

/** Names of files that can be lists of pairs. */
const LIST = /^[^/]+\.(csv|tsv|txt|list|pairs)$/i;
/** Rows that are looked at. */
const LOOKED_AT = 100;

/**
 * The list of pairs that lies beside the pictures that it names: most of its rows name two, or it is in the form of LFW's `pairs.txt`.
 *
 * @returns undefined where there is none, as beside folders of classes
 * @throws InvalidRequest where there are two
 */
export async function findList<File extends TreeFile>({ files }: FileTree<File>): Promise<File | undefined> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found: File[] = [];
  for (const file of files)
    if (LIST.test(file.path) && !METADATA.test(file.path) && isListOfPairs(await rowsIn(file), byPath))
      found.push(file);
  const [list, other] = found;
  if (list && other)
    throw new InvalidRequest(
      `${list.name} and ${other.name} are both lists of pairs of these pictures: keep one of them`,
    );
  return list;
}

/** The rows of a file; none where it is no text, or no table. */
async function rowsIn(file: TreeFile): Promise<Row[]> {
  try {
    return await unevenRowsOf(file.name, listText(file.name, await bytesOf(file)));
  } catch (error) {
    if (error instanceof InvalidRequest) return [];
    throw error;
  }
}

function isListOfPairs(rows: readonly Row[], files: ReadonlyMap<string, TreeFile>): boolean {
  if (isLfw(rows)) return true;
  // The first may be a header.
  const looked = rows.slice(1, 1 + LOOKED_AT);
  const naming = (looked.length > 0 ? looked : rows).filter(
    ({ cells }) => cells.filter((cell) => namesFile(cell, files)).length >= 2,
  );
  return naming.length > 0 && 2 * naming.length >= looked.length;
}
