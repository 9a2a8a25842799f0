import { cp, lstat, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../errors.js";
import { cannot, flushFolder, makeFolder } from "../files.js";
import { DAMAGED, RUN_FILES } from "./layout.js";

/**
 * Moves what is in a run's place out of the way, into a new folder `damaged/ID-N`. Files that are not a run's stay. If
 * a link is in its place, only the link is moved: its target may be another's.
 *
 * @returns that folder
 * @throws InvalidRequest if it cannot be moved; Error when the disk is full
 */
export async function setAside(store: string, id: string): Promise<string> {
  const from = join(store, id);
  try {
    const isFolder = (await lstat(from)).isDirectory();
    const to = await newFolder(join(store, DAMAGED), id);
    if (isFolder) for (const name of RUN_FILES) await move(join(from, name), join(to, name));
    else await move(from, join(to, id));
    await flushFolder(to);
    return to;
  } catch (error) {
    throw cannot(`move ${from} into ${join(store, DAMAGED)}`, error, "remove what is in the way");
  }
}

/** Moves a file or folder, also to another disk: `damaged/` may be a link. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to).catch(async (error) => {
      if (codeOf(error) !== "EXDEV") throw error;
      await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      await rm(from, { recursive: true });
    });
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** The first of `ID-1`, `ID-2`, … that is not there yet. */
async function newFolder(damaged: string, id: string): Promise<string> {
  await makeFolder(damaged);
  for (let n = 1; ; n++) {
    const folder = join(damaged, `${id}-${n}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}
