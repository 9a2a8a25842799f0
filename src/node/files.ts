import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../core/errors.js";

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to the disk, then renamed. Who
 * reads `path` sees the old file or the new one, never a part. The folder must exist.
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
    await rm(temporary, { force: true });
    throw error;
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
    await mkdir(directory, { recursive: true });
    const file = await open(probe, "wx");
    await file.close();
    await rm(probe);
  } catch (error) {
    throw new InvalidRequest(`cannot write in ${directory}: ${obstacle(error)}; name a folder that can be written`);
  }
}

const OBSTACLES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EEXIST: "there is a file of that name",
  ENOTDIR: "a part of the path is a file",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENAMETOOLONG: "the name is too long",
};

/** What a failed system call met, in plain words where they are known. */
function obstacle(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return OBSTACLES[code] ?? error.message;
}
