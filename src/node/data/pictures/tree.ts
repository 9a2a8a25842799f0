import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { InvalidRequest } from "../../../core/errors.js";
import { codeOf } from "../../errors.js";
import { METADATA, splitOf } from "./splits.js";
import { readZip, unzip, type ZipEntry } from "./zip.js";

/** A file below a data set's folder, or in its archive. */
export interface TreeFile {
  /** From the root, its parts separated by "/". */
  readonly path: string;
  /** As it is named in errors. */
  readonly name: string;
  readonly size: number;
  /** When it was written last, in milliseconds; the archive's for what is in one. */
  readonly mtimeMs: number;
  /** When it or what is known of it was changed last: copies that keep their times have one of their own. */
  readonly ctimeMs: number;
  /** Where it lies on the disk; absent of what is in an archive. */
  readonly location?: string;
  read(): Promise<Uint8Array>;
}

/** All files of a data set, sorted by the code units of their paths. */
export interface FileTree {
  readonly root: string;
  readonly files: readonly TreeFile[];
  /** Folders that hold nothing, at the end of their paths. */
  readonly empty: readonly string[];
}

/** The largest picture file, and list, that is read. */
const MOST_FILE_BYTES = 2 ** 28;
/** And folders: links can make many of few. */
const MOST_FILES = 5_000_000;
/** Folders within folders. */
const MOST_DEPTH = 64;

/** What programs leave behind that is nobody's picture. */
const isLitter = (name: string): boolean =>
  name.startsWith(".") || name === "__MACOSX" || /^(thumbs\.db|desktop\.ini)$/i.test(name);

const byPath = (one: TreeFile, other: TreeFile): number => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0);

const RIGHT = "it must be a folder of pictures or of IDX files, or a zip archive of pictures";

/** The status of a file or folder. @throws InvalidRequest where there is none, or it may not be looked at */
export const statusOf = (path: string, right: string = RIGHT): Stats =>
  statusUnless(path, `there is no ${path}: ${right}`);

function statusUnless(path: string, missing: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") throw new InvalidRequest(missing);
    if (code === "ELOOP") throw new InvalidRequest(`${path} is a link that leads to itself: remove the link`);
    throw new InvalidRequest(`cannot read ${path} (${code}): it must be readable`);
  }
}

/** The files below a folder. Links are followed. @throws InvalidRequest where something cannot be read, or a link leads back into itself */
export function folderTree(root: string): FileTree {
  const files: TreeFile[] = [];
  const empty: string[] = [];
  const start = root.endsWith("/") ? root : `${root}/`;
  let met = 0;
  const walk = (path: string, above: readonly string[]) => {
    const folder = path === "" ? root : `${start}${path}`;
    const real = realpathSync(folder);
    if (above.includes(real))
      throw new InvalidRequest(`${folder} is a link to a folder that it lies in: remove the link`);
    if (above.length > MOST_DEPTH)
      throw new InvalidRequest(`${folder} lies more than ${MOST_DEPTH} folders deep: name a folder further down`);
    const entries = entriesOf(folder).filter(({ name }) => !isLitter(name));
    if (entries.length === 0) empty.push(path);
    for (const entry of entries) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      const location = `${start}${below}`;
      if (++met > MOST_FILES) throw new InvalidRequest(`${root} has more than ${MOST_FILES} files and folders`);
      // What is no folder and no file is a link, or a device.
      const status = entry.isDirectory()
        ? undefined
        : statusUnless(location, `${location} is a link to what is not there: remove the link`);
      if (!status || status.isDirectory()) walk(below, [...above, real]);
      else if (status.isFile()) files.push(onDisk(below, location, status));
      else throw new InvalidRequest(`${location} is neither a file nor a folder: remove it`);
    }
  };
  walk("", []);
  return { root, files: files.sort(byPath), empty: empty.sort() };
}

const onDisk = (path: string, location: string, { size, mtimeMs, ctimeMs }: Stats): TreeFile => ({
  ...{ path, name: location, size, mtimeMs, ctimeMs, location },
  read: () => readPicture(location, size),
});

/** A file by its path. @throws InvalidRequest where there is none, saying `right`, or it is no file */
export function fileAt(path: string, right: string): TreeFile {
  const status = statusOf(path, right);
  if (!status.isFile()) throw new InvalidRequest(`${path} is no file: ${right}`);
  return onDisk(path, path, status);
}

/** @throws InvalidRequest where it cannot be read, or is too large to be a picture or a list */
async function readPicture(location: string, size: number): Promise<Uint8Array> {
  requireReadable({ name: location, size });
  try {
    return await readFile(location);
  } catch (error) {
    throw new InvalidRequest(`cannot read ${location} (${codeOf(error)}): it must be a readable file`);
  }
}

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

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new InvalidRequest(`cannot read ${folder} (${codeOf(error)}): it must be a readable folder`);
  }
}

/** The files in a zip archive, each unpacked when it is read. @throws InvalidRequest where it is damaged or encrypted */
export async function archiveTree(path: string, { mtimeMs, ctimeMs }: Stats): Promise<FileTree> {
  await requireArchive(path);
  const { entries, folders } = readZip(path);
  const isKept = (inner: string) => !inner.split("/").some(isLitter);
  const seen = new Set<string>();
  const kept = entries.filter((entry) => isKept(entry.path));
  for (const entry of kept) {
    if (seen.has(entry.path)) throw new InvalidRequest(`${path} holds ${entry.path} twice: pack it anew`);
    seen.add(entry.path);
  }
  const isFull = new Set(kept.flatMap((entry) => foldersAbove(entry.path)));
  const empty = folders.filter((folder) => isKept(folder) && !isFull.has(folder));
  const files = kept.map((entry: ZipEntry): TreeFile => {
    const { path: inner, size } = entry;
    return {
      ...{ path: inner, name: `${path}/${inner}`, size, mtimeMs, ctimeMs },
      read: async () => unzip(path, entry),
    };
  });
  const isLast = (folder: string) => !empty.some((other) => other.startsWith(`${folder}/`));
  return { root: path, files: files.sort(byPath), empty: empty.filter(isLast).sort() };
}

const foldersAbove = (path: string): string[] =>
  path
    .split("/")
    .slice(0, -1)
    .map((_, i, parts) => parts.slice(0, i + 1).join("/"));

async function requireArchive(path: string): Promise<void> {
  let start: Uint8Array;
  try {
    const file = await open(path, "r");
    try {
      start = (await file.read(new Uint8Array(2), 0, 2, 0)).buffer;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new InvalidRequest(`cannot read ${path} (${codeOf(error)}): it must be a readable file`);
  }
  if (start[0] !== 0x50 || start[1] !== 0x4b)
    throw new InvalidRequest(`${path} is neither a folder nor a zip archive: ${RIGHT}`);
}

/** The files of a folder or a zip archive. */
export async function openTree(path: string): Promise<FileTree> {
  const status = statusOf(path);
  if (status.isDirectory()) return folderTree(path);
  if (!status.isFile()) throw new InvalidRequest(`${path} is neither a file nor a folder: ${RIGHT}`);
  return unwrapped(await archiveTree(path, status));
}

/** What lies in a single folder of an archive is taken as the archive's own: people pack folders. */
function unwrapped(tree: FileTree): FileTree {
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
