import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InvalidRequest } from "../core/errors.js";
import { codeOf } from "./errors.js";

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to the disk, then renamed. Who
 * reads `path` sees the old file or the new one, never a part. The folder must exist.
 *
 * @throws InvalidRequest with one line that names the file and what is in the way; Error when the disk is full.
 */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    if (FULL.has(codeOf(error))) throw new Error(`cannot write ${path}: ${obstacle(error)}`);
    throw new InvalidRequest(`cannot write ${path}: ${obstacle(error)}; name a file that can be written`);
  }
}

/**
 * Makes sure that files can be written in a folder, which is created if it is missing. Ask before hours of work whose
 * results go there.
 *
 * @throws InvalidRequest with one line that names the folder and what is in the way.
 */
export async function checkWritable(directory: string): Promise<void> {
  const probe = join(directory, `.${randomUUID()}.tmp`);
  try {
    await makeFolder(directory);
    const file = await open(probe, "wx");
    await file.close();
    await rm(probe);
  } catch (error) {
    throw new InvalidRequest(`cannot write in ${directory}: ${obstacle(error)}; name a folder that can be written`);
  }
}

/** Creates a folder and those above it. Node's own recursive mkdir never returns under /proc. */
async function makeFolder(directory: string): Promise<void> {
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
const FULL = new Set(["ENOSPC", "EDQUOT"]);

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
  ENAMETOOLONG: "the name is too long",
};

/** What a failed system call met, in plain words where they are known. */
function obstacle(error: unknown): string {
  const code = codeOf(error);
  return OBSTACLES[code] ?? code;
}
