import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { InvalidRequest } from "../../../core/errors.js";
import { byPath, type FileTree, isLitter, requireReadable, type TreeFile } from "../../../core/picture-sets/tree.js";
import { archiveTree, isArchive } from "../../../core/picture-sets/zip.js";
import { codeOf } from "../../errors.js";

/** A file on the disk, or in an archive there. */
export interface DiskFile extends TreeFile {
  /** When it was written last, in milliseconds; the archive's for what is in one. */
  readonly mtimeMs: number;
  /** When it or what is known of it was changed last: copies that keep their times have one of their own. */
  readonly ctimeMs: number;
  /** Where it lies on the disk; absent of what is in an archive. */
  readonly location?: string;
}

/** And folders: links can make many of few. */
const MOST_FILES = 5_000_000;
/** Folders within folders. */
const MOST_DEPTH = 64;

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
export function folderTree(root: string): FileTree<DiskFile> {
  const files: DiskFile[] = [];
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

const onDisk = (path: string, location: string, { size, mtimeMs, ctimeMs }: Stats): DiskFile => ({
  ...{ path, name: location, size, mtimeMs, ctimeMs, location },
  read: () => readPicture(location, size),
});

/** A file by its path. @throws InvalidRequest where there is none, saying `right`, or it is no file */
export function fileAt(path: string, right: string): DiskFile {
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

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new InvalidRequest(`cannot read ${folder} (${codeOf(error)}): it must be a readable folder`);
  }
}

/** The files of a folder or a zip archive. @throws InvalidRequest where it is neither, or an archive is damaged */
export async function openTree(path: string): Promise<FileTree<DiskFile>> {
  const status = statusOf(path);
  if (status.isDirectory()) return folderTree(path);
  if (!status.isFile()) throw new InvalidRequest(`${path} is neither a file nor a folder: ${RIGHT}`);
  const { size, mtimeMs, ctimeMs } = status;
  const read = (start: number, length: number) => readPart(path, start, length);
  if (!(await isArchive({ size, read })))
    throw new InvalidRequest(`${path} is neither a folder nor a zip archive: ${RIGHT}`);
  return archiveTree({ name: path, size, read, inflate }, { mtimeMs, ctimeMs });
}

const unpack = promisify(inflateRaw);

const inflate = (packed: Uint8Array, most: number): Promise<Uint8Array> => unpack(packed, { maxOutputLength: most });

/** Bytes of a file, fewer where it ends before. */
async function readPart(path: string, start: number, length: number): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      const bytes = new Uint8Array(length);
      let at = 0;
      while (at < length) {
        const { bytesRead } = await file.read(bytes, at, length - at, start + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new InvalidRequest(`cannot read ${path} (${codeOf(error)}): it must be a readable file`);
  }
}
