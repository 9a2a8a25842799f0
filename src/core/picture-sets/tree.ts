import { InvalidRequest } from "../errors.js";
import { METADATA, splitOf } from "./splits.js";

/** A file below a data set's folder, or in its archive. */
export interface TreeFile {
  /** From the root, its parts separated by "/". */
  readonly path: string;
  /** As it is named in errors. */
  readonly name: string;
  readonly size: number;
  read(): Promise<Uint8Array>;
}

/** All files of a data set, sorted by the code units of their paths. */
export interface FileTree<File extends TreeFile = TreeFile> {
  readonly root: string;
  readonly files: readonly File[];
  /** Folders that hold nothing, at the end of their paths. */
  readonly empty: readonly string[];
}

/** The largest picture file, and list, that is read. */
const MOST_FILE_BYTES = 2 ** 28;

/** What programs leave behind that is nobody's picture. */
export const isLitter = (name: string): boolean =>
  name.startsWith(".") || name === "__MACOSX" || /^(thumbs\.db|desktop\.ini)$/i.test(name);

/** By the code units of their paths. */
export const byPath = (one: TreeFile, other: TreeFile): number =>
  one.path < other.path ? -1 : one.path > other.path ? 1 : 0;

/** @throws InvalidRequest where a file is too large to be a picture or a list */
export function requireReadable({ name, size }: Pick<TreeFile, "name" | "size">): void {
  if (size > MOST_FILE_BYTES)
    throw new InvalidRequest(`${name} has ${size} bytes: at most ${MOST_FILE_BYTES} are read of a file`);
}

/** The bytes of a file. @throws InvalidRequest where it cannot be read, is damaged in its archive, or too large */
export async function bytesOf(file: TreeFile): Promise<Uint8Array> {
  requireReadable(file);
  return file.read();
}

/** What lies in a single folder of an archive is taken as the archive's own: people pack folders. */
export function unwrapped<File extends TreeFile>(tree: FileTree<File>): FileTree<File> {
  const { root, files, empty } = tree;
  const top = files[0]?.path.split("/", 1)[0] as string;
  const isBelow = (path: string) => path.startsWith(`${top}/`);
  if (splitOf(top ?? "") || !(files.every(({ path }) => isBelow(path)) && empty.every(isBelow))) return tree;
  const inner = (path: string) => path.slice(top.length + 1);
  const isData = files.some(({ path }) => METADATA.test(path) || inner(path).includes("/"));
  if (files.length === 0 || !isData) return tree;
  return unwrapped({
    ...{ root, empty: empty.map(inner) },
    files: files.map((file) => ({ ...file, path: inner(file.path) })),
  });
}
