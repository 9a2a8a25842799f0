import { type Stats, unlinkSync } from "node:fs";
import { type FileHandle, mkdir, open, readlink, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InvalidRequest } from "../core/errors.js";
import { atExit } from "./at-exit.js";
import { type Destination, destinationOf, writeInto } from "./destination.js";
import { codeOf } from "./errors.js";
import { obstacle } from "./obstacles.js";
import { removeAbandoned, temporaryName } from "./temporary.js";

/** A file to be written: where, and what. */
export type NewFile = readonly [path: string, data: string | Uint8Array];

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to the disk, then renamed. A process that
 * reads `path` sees the old file or the new one, never a part. The folder must exist. Symbolic links are followed, and the new
 * file has the permissions of the old one. A device or a pipe is written into.
 *
 * @param signal  ends the waiting for the reader of a pipe, with its reason
 * @throws InvalidRequest with one line that names the file and what is in the way; Error when the disk is full.
 */
export async function writeWhole(path: string, data: string | Uint8Array, signal?: AbortSignal): Promise<void> {
  await writeInOrder([[path, data]], signal);
}

/**
 * Writes each file whole or not at all, and in their order: a process that sees the last one, even after a
 * power failure, sees them all. All are written and flushed before the first is renamed, and all names but the last before the last.
 *
 * @throws as `writeWhole`
 */
export async function writeInOrder(files: readonly NewFile[], signal?: AbortSignal): Promise<void> {
  const waiting: {
    readonly path: string;
    readonly finish: () => Promise<string | undefined>;
    readonly drop: () => Promise<void>;
  }[] = [];
  const folders = new Set<string>();
  let path = "";
  try {
    for (const [name, data] of files) {
      path = name;
      const destination = await destinationOf(path);
      if (destination.kind === "file") waiting.push({ path, ...(await prepare(destination, data)) });
      else
        waiting.push({
          path,
          finish: () => writeInto(destination, data, signal).then(() => undefined),
          drop: async () => {},
        });
    }
    for (let next = waiting[0]; next; next = waiting[0]) {
      ({ path } = next);
      if (waiting.length === 1) await flushFolders(folders);
      const folder = await next.finish();
      if (folder !== undefined) folders.add(folder);
      waiting.shift();
    }
    await flushFolders(folders);
  } catch (error) {
    for (const { drop } of waiting) await drop();
    // Those that have their names keep them.
    await flushFolders(folders).catch(() => {});
    signal?.throwIfAborted();
    throw cannot(`write ${path}`, error, "name a file that can be written");
  }
}

/** Writes a file under a temporary name. `finish` gives it its own, and returns its folder, which is to be flushed; `drop` removes it. */
async function prepare({ path, before }: Extract<Destination, { kind: "file" }>, data: string | Uint8Array) {
  const temporary = temporaryName(path);
  const isDone = atExit(() => unlinkSync(temporary));
  const drop = async () => {
    await rm(temporary, { force: true }).catch(() => {});
    isDone();
  };
  try {
    // A part of a file must not be readable to more people than the whole file.
    const file = await open(temporary, "wx", before ? 0o600 : 0o666);
    try {
      if (before) await keepPermissions(file, before);
      await file.writeFile(data);
      await flush(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    await drop();
    throw error;
  }
  const finish = async () => {
    await rename(temporary, path);
    isDone();
    return dirname(path);
  };
  return { finish, drop };
}

/** Gives a file the owner and permissions of the old one, as far as this process and the file system allow. */
async function keepPermissions(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await file.stat();
  let isOwned = own.uid === uid && own.gid === gid;
  if (!isOwned)
    isOwned = await file.chown(uid, gid).then(
      () => true,
      () => false,
    );
  // A program that runs as its owner must not start to run as somebody else.
  await file.chmod(mode & (isOwned ? 0o7777 : 0o777)).catch(() => {});
}

/**
 * Error codes of file systems that cannot flush: some network drives, FUSE, old drivers. A folder may also be
 * writable but not readable.
 */
const CANNOT_FLUSH = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES", "EPERM", "EISDIR"]);

/** Flushes a file or a folder to the disk. On a file system that cannot flush, this does nothing. */
async function flush(handle: FileHandle): Promise<void> {
  await handle.sync().catch(unlessItCannot);
}

/** Flushes a folder's new names to the disk. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(unlessItCannot);
  if (!handle) return;
  try {
    await flush(handle);
  } finally {
    await handle.close();
  }
}

/** Flushes folders, which then are no more to be flushed. */
async function flushFolders(folders: Set<string>): Promise<void> {
  for (const folder of folders) await flushFolder(folder);
  folders.clear();
}

function unlessItCannot(error: unknown): undefined {
  if (!CANNOT_FLUSH.has(codeOf(error))) throw error;
}

/**
 * Makes sure that files can be written in a folder, which is created if it is missing. Files that killed
 * processes left half-written are removed. Call it before hours of work whose results go there.
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

/** Creates a folder and those above it, or the missing folder that a link leads to. Node's own recursive mkdir never returns under /proc. */
export async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") {
      const there = await stat(directory).catch((missing) => {
        if (codeOf(missing) !== "ENOENT") throw missing;
      });
      if (there?.isDirectory()) return;
      if (!there) return makeFolder(resolve(dirname(directory), await readlink(directory)));
    }
    if (code !== "ENOENT" || dirname(directory) === directory) throw error;
    await makeFolder(dirname(directory));
    await mkdir(directory).catch((again) => {
      // Another process may have made it meanwhile.
      if (codeOf(again) !== "EEXIST") throw again;
    });
  }
}

/** Errors that may also happen to a valid request. */
const WHILE_WORKING = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EMFILE", "ENFILE"]);

/**
 * One line for a failed system call: what could not be done, what was in the way, and what would be right.
 *
 * @returns an InvalidRequest, or a plain Error for what may also happen to a valid request
 */
export function cannot(what: string, error: unknown, instead: string): Error {
  const line = `cannot ${what}: ${obstacle(error)}`;
  return WHILE_WORKING.has(codeOf(error))
    ? new Error(line, { cause: error })
    : new InvalidRequest(`${line}; ${instead}`);
}
