import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";
import { isRunId, RECORD } from "./layout.js";

/**
 * Everything in a store that has the name of a run, in order: folders, and what is in a folder's place, such as a link.
 *
 * @throws InvalidRequest if the store cannot be read
 */
export async function namedLikeRuns(store: string): Promise<{ readonly id: string }[]> {
  try {
    return (await readdir(store))
      .filter(isRunId)
      .sort()
      .map((id) => ({ id }));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new InvalidRequest(`cannot read the run store ${store} (${codeOf(error)})`);
  }
}

/**
 * The id that a reference means: an id, its unambiguous beginning, or `latest`, the finished run that was asked for last.
 *
 * @throws InvalidRequest if it means no run or several
 */
export async function resolveReference(store: string, reference: string): Promise<string> {
  const ids = (await namedLikeRuns(store)).map(({ id }) => id);
  return reference === "latest" ? latest(store, ids) : byBeginning(store, ids, reference);
}

function byBeginning(store: string, all: readonly string[], beginning: string): string {
  const named = all.filter((id) => id.startsWith(beginning));
  // A file in a folder's place is meant only if nothing else matches.
  const folders = named.filter((id) => isFolder(join(store, id)));
  const ids = folders.length > 0 ? folders : named;
  if (ids.length === 1) return ids[0] as string;
  if (ids.length === 0)
    throw new InvalidRequest(`there is no run "${beginning}" in ${store}: give an id, its beginning, or latest`);
  throw new InvalidRequest(
    `"${beginning}" is the beginning of ${ids.length} runs (${ids.slice(0, 3).join(", ")}${ids.length > 3 ? " …" : ""}): give more of it`,
  );
}

/** Links are followed, where they lead somewhere. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function latest(store: string, ids: readonly string[]): string {
  let newest: { readonly id: string; readonly time: number } | undefined;
  for (const id of ids) {
    const time = timeOf(join(store, id, RECORD));
    if (time !== undefined && time > (newest?.time ?? Number.NEGATIVE_INFINITY)) newest = { id, time };
  }
  if (!newest) throw new InvalidRequest(`there are no runs in ${store}: train one first`);
  return newest.id;
}

/** System calls are synchronous: thousands of files are looked at ten times as fast. */
function timeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}
