import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../errors.js";
import { cannot } from "../files.js";
import { DAMAGED } from "./layout.js";

/** The names of the folders in `damaged/`: what was moved out of the way of runs, `ID-N` each. */
export async function listSetAside(store: string): Promise<string[]> {
  try {
    const names = await readdir(join(store, DAMAGED));
    return names.filter((name) => /^[0-9a-f]{16}-\d+$/.test(name)).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw cannot(`read ${join(store, DAMAGED)}`, error, "make it readable");
  }
}

/** Deletes folders that `listSetAside` named. */
export async function removeSetAside(store: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const folder = join(store, DAMAGED, name);
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      throw cannot(`remove ${folder}`, error, "see who may write there");
    }
  }
}
