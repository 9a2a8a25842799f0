import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../errors.js";
import { cannot, flushFolder, makeFolder } from "../files.js";
import { DAMAGED, RUN_FILES } from "./layout.js";

/**
 * Moves what stands in a run's place out of the way, into a new folder `damaged/ID-N`. Files that are not a run's stay.
 *
 * @returns that folder
 * @throws InvalidRequest where it cannot be moved; Error when the disk is full
 */
export async function setAside(store: string, id: string): Promise<string> {
  const from = join(store, id);
  try {
    const to = await newFolder(join(store, DAMAGED), id);
    for (const name of RUN_FILES) {
      try {
        await rename(join(from, name), join(to, name));
      } catch (error) {
        if (codeOf(error) === "ENOENT") continue;
        if (codeOf(error) !== "ENOTDIR") throw error;
        // A file stands where the run's folder should be.
        await rename(from, join(to, id));
        break;
      }
    }
    await flushFolder(to);
    return to;
  } catch (error) {
    throw cannot(`move ${from} into ${join(store, DAMAGED)}`, error, "remove what is in the way");
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
