import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cannot } from "../files.js";
import { isTemporary, temporaryName } from "../temporary.js";
import { RUN_FILES } from "./layout.js";

const OWN: ReadonlySet<string> = new Set(RUN_FILES);

/**
 * Deletes a run. Its folder goes at once, unless there are files in it that are not a run's: those stay.
 *
 * @throws InvalidRequest where it cannot be deleted
 */
export async function removeRun(folder: string): Promise<void> {
  try {
    const names = await readdir(folder).catch(() => []);
    if (names.every((name) => OWN.has(name) || isTemporary(name))) {
      const temporary = temporaryName(folder);
      await rename(folder, temporary);
      await rm(temporary, { recursive: true });
      return;
    }
    for (const name of RUN_FILES) await rm(join(folder, name), { recursive: true, force: true });
  } catch (error) {
    throw cannot(`remove ${folder}`, error, "see who may write there");
  }
}
