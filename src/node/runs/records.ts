import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Claims } from "./claims.js";
import type { RunDocument } from "./encode.js";
import { type DamagedRun, type Found, inspectRun } from "./inspect.js";
import { namedLikeRuns } from "./references.js";

/** All runs of a store. */
export interface StoredRuns {
  /** Of the finished ones by id, without their epochs. */
  readonly records: readonly RunDocument[];
  readonly damaged: readonly (DamagedRun & { readonly id: string })[];
  /** How many runs have begun and can be continued, or are being trained again. */
  readonly unfinished: number;
}

/** So many runs are read before timers and signals get their turn. */
const AT_ONCE = 256;

/** Reads the records of a store, each checked as far as `inspectRun` does. */
export async function readRecords(store: string, claims: Claims): Promise<StoredRuns> {
  const known = new Map();
  const records: RunDocument[] = [];
  const damaged: (DamagedRun & { id: string })[] = [];
  let unfinished = 0;
  for (const [i, { id }] of (await namedLikeRuns(store)).entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const found = tryToInspect(join(store, id), id, known);
    if (found === "unfinished") unfinished++;
    else if (found === "nothing") continue;
    else if (!("damage" in found)) records.push(found);
    // A run that is being kept just now has no record for a moment.
    else if (await claims.holder(id)) unfinished++;
    else damaged.push({ id, damage: found.damage });
  }
  return { records, damaged, unfinished };
}

function tryToInspect(...arguments_: Parameters<typeof inspectRun>): Found {
  try {
    return inspectRun(...arguments_);
  } catch (error) {
    return { damage: (error as Error).message };
  }
}
