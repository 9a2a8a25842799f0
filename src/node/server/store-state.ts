import { createHash } from "node:crypto";
import { type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { CHECKPOINT, EPOCHS, RECORD, WEIGHTS } from "../runs/layout.js";
import { namedLikeRuns } from "../runs/references.js";
import { listSetAside } from "../runs/set-aside.js";

/** So many runs are looked at before requests get their turn. */
const AT_ONCE = 256;

/**
 * A digest of all that decides what a store is listed with, apart from who trains what: sizes and times of files, none of
 * which is opened.
 *
 * @throws InvalidRequest where the store cannot be read
 */
export async function storeState(store: string): Promise<string> {
  const hash = createHash("sha256");
  for (const [i, { id }] of (await namedLikeRuns(store)).entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const stats = [RECORD, EPOCHS, WEIGHTS].map((name) => inBrief(statOf(join(store, id, name))));
    hash.update(`${id} ${stats.join(" ")} ${statOf(join(store, id, CHECKPOINT)) !== undefined}\n`);
  }
  hash.update((await listSetAside(store)).join(" "));
  return hash.digest("hex");
}

/** A run's folder may be a file, or may not be entered. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The time of the last change of the file or of its permissions comes with each new time of use. */
const inBrief = (stats: Stats | undefined): string => (stats ? `${stats.size}/${stats.ctimeMs}` : "none");
