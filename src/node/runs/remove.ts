import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cannot } from "../files.js";
import { isTemporary, temporaryName } from "../temporary.js";
import { ANNOTATIONS, RUN_FILES } from "./layout.js";

const OWN: ReadonlySet<string> = new Set([...RUN_FILES, ANNOTATIONS]);

/**
 * Deletes a run. Its folder goes at once, unless there are files in it that are not a run's: those stay. If a link or a
 * file is in the folder's place, only that is removed: the target of a link does not belong to the store.
 *
 * @throws InvalidRequest if it cannot be deleted
 */
export async function removeRun(folder: string): Promise<void> {
  try {
    if (!(await lstat(folder)).isDirectory()) {
      await rm(folder);
      return;
    }
    const names = await readdir(folder);
    if (names.every((name) => OWN.has(name) || isTemporary(name))) {
      const temporary = temporaryName(folder);
      await rename(folder, temporary);
      try {
        await rm(temporary, { recursive: true });
      } catch (error) {
        // Another's folder in a shared store may be renamed, but not emptied.
        await rename(temporary, folder);
        throw error;
      }
      return;
    }
    for (const name of OWN) await rm(join(folder, name), { recursive: true, force: true });
  } catch (error) {
    throw cannot(`remove ${folder}`, error, "see who may write there");
  }
}
