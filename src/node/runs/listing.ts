import { groupRuns, type RunGroup } from "../../core/runs/groups.js";
import { inOrder } from "../../core/runs/order.js";
import type { StoredRuns } from "./catalogue.js";
import type { RunDocument } from "./encode.js";
import { listSetAside } from "./set-aside.js";
import type { RunStore } from "./store.js";

/** What a store has, grouped over seeds. */
export interface Listing extends Omit<StoredRuns, "records"> {
  /** In the order in which they are shown. */
  readonly groups: readonly RunGroup<RunDocument>[];
  /** When each run was trained or asked for last, in milliseconds since 1970. */
  readonly used: ReadonlyMap<string, number>;
  /** Names of folders in `damaged/`. */
  readonly setAside: readonly string[];
}

/**
 * Reads a store and groups its runs.
 *
 * @param select  the selected runs, if not all
 * @throws InvalidRequest if the store cannot be read
 */
export async function listStore(
  store: RunStore,
  select: (runs: readonly RunDocument[]) => readonly RunDocument[] = (runs) => runs,
): Promise<Listing> {
  const { folder } = store;
  const { records, used, damaged, unfinished } = await store.usedRuns();
  const groups = inOrder(groupRuns(select(records)), used);
  return { groups, used, damaged, unfinished, setAside: await listSetAside(folder) };
}
