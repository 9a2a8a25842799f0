import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { type Annotations, checkAnnotations, NO_ANNOTATIONS } from "../../core/runs/annotations.js";
import { codeOf } from "../errors.js";
import { cannot } from "../files.js";
import { ANNOTATIONS, MOST_BYTES } from "./layout.js";

/** The text of a run's `annotations.json`. It has no digest, so that people can edit it. */
export const encodeAnnotations = ({ tags, note }: Annotations): string =>
  `${JSON.stringify({ tags: [...new Set(tags)].sort(), note }, null, 2)}\n`;

/**
 * The tags and the note in a run's folder. System calls are synchronous: thousands of runs are read three times as fast.
 *
 * @throws InvalidRequest if the file is not tags and a note: it may hold what a person wrote, so nothing takes its place
 */
export function readAnnotations(folder: string): Annotations {
  const path = join(folder, ANNOTATIONS);
  try {
    // Most runs have none, and an error takes three times as long.
    if (!statSync(path, { throwIfNoEntry: false })) return NO_ANNOTATIONS;
    const value: unknown = JSON.parse(readSmallFile(path));
    checkAnnotations(value, path);
    return value;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return NO_ANNOTATIONS;
    if (/^E[A-Z]+$/.test(codeOf(error))) throw cannot(`read ${path}`, error, "make it readable, or remove it");
    const why = error instanceof InvalidRequest ? error.message : `${path} is not a run's tags and note as JSON`;
    throw new InvalidRequest(`${why}: correct it, or remove it`);
  }
}

function readSmallFile(path: string): string {
  // A named pipe in the way is not waited for.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > MOST_BYTES[ANNOTATIONS]) throw new Error("is not such a file");
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/** The tags and notes of a store's runs that have some, by id, and a line for each file that is not right. */
export interface StoredAnnotations {
  readonly byId: ReadonlyMap<string, Annotations>;
  readonly unreadable: readonly string[];
}

/** @throws if this process has too many files open */
export function annotationsIn(store: string, ids: readonly string[]): StoredAnnotations {
  const byId = new Map<string, Annotations>();
  const unreadable: string[] = [];
  for (const id of ids)
    try {
      const annotations = readAnnotations(join(store, id));
      if (annotations !== NO_ANNOTATIONS) byId.set(id, annotations);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      unreadable.push(error.message);
    }
  return { byId, unreadable };
}
