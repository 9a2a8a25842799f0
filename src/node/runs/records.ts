import { Catalogue, type StoredRuns } from "./catalogue.js";
import type { Claims } from "./claims.js";
import { readIndex, writeIndex } from "./index-file.js";
import { namedLikeRuns } from "./references.js";

/** All runs, and when each finished one was trained or asked for last, in milliseconds since 1970. */
export type UsedRuns = StoredRuns & { readonly used: ReadonlyMap<string, number> };

/**
 * Reads the records of a store, each checked as far as `inspectRun` does, or taken from before if nothing of it has changed.
 *
 * @throws InvalidRequest if the store cannot be read
 */
export async function readRecords(store: string, claims: Claims): Promise<UsedRuns> {
  const known = await readIndex(store);
  const catalogue = new Catalogue(store, known);
  const ids = (await namedLikeRuns(store)).map(({ id }) => id);
  catalogue.keepOnly(ids);
  await catalogue.look(ids);
  await writeIndex(store, catalogue.entries, known);
  return catalogue.contents(await heldAmong(catalogue, claims));
}

/** Which damaged runs are being trained again. Runs that were saved meanwhile are looked at again. */
async function heldAmong(catalogue: Catalogue, claims: Claims): Promise<Set<string>> {
  const held = new Set<string>();
  for (const id of catalogue.damaged()) if (await claims.holder(id)) held.add(id);
  await catalogue.look(catalogue.damaged().filter((id) => !held.has(id)));
  return held;
}
