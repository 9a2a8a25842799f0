import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InvalidRequest } from "../../../core/errors.js";
import { codeOf } from "../../errors.js";
import { readWithin } from "../../read.js";

/** A file below a data set's folder, or in its archive. */
export interface TreeFile {
  /** From the root, its parts separated by "/". */
  readonly path: string;
  /** As it is named in errors. */
  readonly name: string;
  readonly size: number;
  /** When it was written last, in milliseconds; the archive's for what is in one. */
  readonly mtimeMs: number;
  /** Where it lies on the disk; absent of what is in an archive. */
  readonly location?: string;
  read(): Promise<Uint8Array>;
}

/** All files of a data set, sorted by the code units of their paths. */
export interface FileTree {
  readonly root: string;
  readonly files: readonly TreeFile[];
}

/** The largest picture file, and list, that is read. */
const MOST_FILE_BYTES = 2 ** 28;
const MOST_ARCHIVE_BYTES = 2 ** 31 - 1;
/** Of all that an archive holds, decompressed. */
const MOST_UNPACKED_BYTES = 2 ** 32;
const MOST_FILES = 5_000_000;
/** Folders within folders. */
const MOST_DEPTH = 64;

/** What programs leave behind that is nobody's picture. */
const isLitter = (name: string): boolean =>
  name.startsWith(".") || name === "__MACOSX" || /^(thumbs\.db|desktop\.ini)$/i.test(name);

const byPath = (one: TreeFile, other: TreeFile): number => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0);

const RIGHT = "it must be a folder of pictures or of IDX files, or a zip archive of pictures";

/** The status of a file or folder. @throws InvalidRequest where there is none, or it may not be looked at */
export function statusOf(path: string, right: string = RIGHT): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") throw new InvalidRequest(`there is no ${path}: ${right}`);
    throw new InvalidRequest(`cannot read ${path} (${code}): it must be readable`);
  }
}

/** The files below a folder. Links are followed. @throws InvalidRequest where something cannot be read, or a link leads back into itself */
export function folderTree(root: string): FileTree {
  const files: TreeFile[] = [];
  const walk = (path: string, above: readonly string[]) => {
    const folder = join(root, path);
    const real = realpathSync(folder);
    if (above.includes(real) || above.length > MOST_DEPTH)
      throw new InvalidRequest(`${folder} is a link to a folder that it lies in: remove the link`);
    for (const entry of entriesOf(folder)) {
      if (isLitter(entry.name)) continue;
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      const location = join(root, below);
      // What is no folder and no file is a link, or a device.
      const status = entry.isDirectory() ? undefined : statusOf(location);
      if (!status || status.isDirectory()) walk(below, [...above, real]);
      else if (status.isFile()) files.push(onDisk(below, location, status));
      else throw new InvalidRequest(`${location} is neither a file nor a folder: remove it`);
      if (files.length > MOST_FILES) throw new InvalidRequest(`${root} has more than ${MOST_FILES} files`);
    }
  };
  walk("", []);
  return { root, files: files.sort(byPath) };
}

const onDisk = (path: string, location: string, { size, mtimeMs }: Stats): TreeFile => ({
  ...{ path, name: location, size, mtimeMs, location },
  read: () => readPicture(location, size),
});

/** @throws InvalidRequest where it cannot be read, is empty, or is too large to be a picture */
export async function readPicture(location: string, size: number): Promise<Uint8Array> {
  if (size > MOST_FILE_BYTES)
    throw new InvalidRequest(`${location} has ${size} bytes: at most ${MOST_FILE_BYTES} are read`);
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

/** The files in a zip archive, unpacked into memory. @throws InvalidRequest where it is damaged, encrypted or too large */
export async function archiveTree(path: string): Promise<FileTree> {
  const { mtimeMs, size } = statusOf(path);
  if (size > MOST_ARCHIVE_BYTES)
    throw new InvalidRequest(`${path} has ${size} bytes: unpack it into a folder, and name that`);
  const { unzipSync } = await import("fflate");
  let unpacked = 0;
  let entries: Record<string, Uint8Array>;
  try {
    const bytes = await readWithin(path, MOST_ARCHIVE_BYTES);
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
      throw new InvalidRequest(`${path} is neither a folder nor a zip archive: ${RIGHT}`);
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize;
        if (unpacked > MOST_UNPACKED_BYTES)
          throw new InvalidRequest(
            `${path} would take more than ${MOST_UNPACKED_BYTES} bytes unpacked: unpack it into a folder, and name that`,
          );
        return !name.endsWith("/") && !name.split("/").some(isLitter);
      },
    });
  } catch (error) {
    if (error instanceof InvalidRequest) throw error;
    throw new InvalidRequest(`${path} is not a whole zip archive: ${(error as Error).message}`);
  }
  const files = Object.entries(entries).map(
    ([entry, bytes]): TreeFile => ({
      ...{ path: entry, name: `${path}/${entry}`, size: bytes.length, mtimeMs },
      read: () => Promise.resolve(bytes),
    }),
  );
  return { root: path, files: files.sort(byPath) };
}

/** The files of a folder or a zip archive; what lies in a single folder of an archive is taken as the archive's own. */
export async function openTree(path: string): Promise<FileTree> {
  const status = statusOf(path);
  if (status.isDirectory()) return folderTree(path);
  if (!status.isFile()) throw new InvalidRequest(`${path} is neither a file nor a folder: ${RIGHT}`);
  const { root, files } = await archiveTree(path);
  const [first] = files;
  const top = first?.path.split("/", 1)[0] ?? "";
  const isOne = files.every((file) => file.path.startsWith(`${top}/`)) && top === basename(path).replace(/\.zip$/i, "");
  return { root, files: isOne ? files.map((file) => ({ ...file, path: file.path.slice(top.length + 1) })) : files };
}
