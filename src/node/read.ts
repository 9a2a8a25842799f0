import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Why a file is not read, though it is there: "is not a file". */
export class Unreadable extends Error {
  override name = "Unreadable";
}

/**
 * A regular file's bytes. A pipe, a device or a folder in its place is not read, and not waited for.
 *
 * @param most  bytes; a larger file is not read
 * @throws Unreadable if it is not a regular file, or is larger; the system's error if it cannot be opened
 */
export async function readWithin(path: string, most: number): Promise<Buffer> {
  const file = await openWithin(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Unreadable("is not a file");
    if (stats.size > most) throw new Unreadable(`has ${stats.size} bytes, more than the ${most} that are read`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The text of a small regular file, as `readWithin` reads it. */
export const readTextWithin = async (path: string, most: number): Promise<string> =>
  (await readWithin(path, most)).toString("utf8");

async function openWithin(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    // This is a socket, or a device with nothing behind it.
    if (error instanceof Error && "code" in error && error.code === "ENXIO") throw new Unreadable("is not a file");
    throw error;
  }
}
