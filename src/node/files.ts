import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { InvalidRequest } from "../core/errors.js";
import { codeOf } from "./errors.js";
import { removeAbandoned, temporaryName } from "./temporary.js";

/** A file to be written: where, and what. */
export type NewFile = readonly [path: string, data: string | Uint8Array];

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to the disk, then renamed. Who
 * reads `path` sees the old file or the new one, never a part. The folder must exist.
 *
 * @throws InvalidRequest with one line that names the file and what is in the way; Error when the disk is full.
 */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  await writeInOrder([[path, data]]);
}

/**
 * Writes each file whole or not at all, and none before those that come earlier: whoever sees the last one, even after a
 * power failure, sees them all. All are written and flushed before the first gets its name.
 *
 * @throws as `writeWhole`
 */
export async function writeInOrder(files: readonly NewFile[]): Promise<void> {
  const waiting: { readonly temporary: string; readonly path: string }[] = [];
  let path = "";
  try {
    for (const [name, data] of files) {
      path = name;
      const temporary = temporaryName(path);
      waiting.push({ temporary, path });
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
    }
    for (let next = waiting[0]; next; next = waiting[0]) {
      ({ path } = next);
      await rename(next.temporary, path);
      waiting.shift();
      await flushFolder(dirname(path));
    }
  } catch (error) {
    for (const { temporary } of waiting) await rm(temporary, { force: true }).catch(() => {});
    throw cannot(`write ${path}`, error, "name a file that can be written");
  }
}

/** Has the disk keep a folder's new names. Windows opens no folders, and keeps them by itself. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes sure that files can be written in a folder, which is created if it is missing. What killed processes were writing
 * there is removed. Ask before hours of work whose results go there.
 *
 * @throws InvalidRequest with one line that names the folder and what is in the way.
 */
export async function checkWritable(directory: string): Promise<void> {
  const probe = temporaryName(`${directory}/`);
  try {
    await makeFolder(directory);
    await removeAbandoned(directory);
    const file = await open(probe, "wx");
    await file.close();
    await rm(probe);
  } catch (error) {
    throw cannot(`write in ${directory}`, error, "name a folder that can be written");
  }
}

/** Creates a folder and those above it. Node's own recursive mkdir never returns under /proc. */
export async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST" && (await stat(directory)).isDirectory()) return;
    if (code !== "ENOENT" || dirname(directory) === directory) throw error;
    await makeFolder(dirname(directory));
    await mkdir(directory).catch((again) => {
      // Another process may have made it meanwhile.
      if (codeOf(again) !== "EEXIST") throw again;
    });
  }
}

/** What may happen to a request that was right. */
const WHILE_WORKING = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EMFILE", "ENFILE"]);

const OBSTACLES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EEXIST: "there is a file of that name",
  EISDIR: "there is a folder of that name",
  ENOTEMPTY: "there is a folder of that name",
  ENOENT: "no such folder",
  ENOTDIR: "a part of the path is a file",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "files may not be that large here",
  EIO: "the disk fails",
  ENAMETOOLONG: "the name is too long",
};

/**
 * One line for a failed system call: what could not be done, what was in the way, and what would be right.
 *
 * @returns an InvalidRequest, or a plain Error for what may happen to a request that was right
 */
export function cannot(what: string, error: unknown, instead: string): Error {
  const code = codeOf(error);
  const line = `cannot ${what}: ${OBSTACLES[code] ?? code}`;
  return WHILE_WORKING.has(code) ? new Error(line, { cause: error }) : new InvalidRequest(`${line}; ${instead}`);
}
