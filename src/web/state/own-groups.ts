import type { StoredGroup } from "../../core/runs/store-document.js";
import { type Latest, useLatest } from "../ui/use-latest.js";
import { ownRuns } from "./kept.js";
import { groupInWorker } from "./summaries.js";

/** The runs that were trained in this browser, in groups, as a run store lists its own. */
export function useOwnGroups(): Latest<readonly StoredGroup[]> {
  const runs = [...ownRuns.value.values()];
  return useLatest(runs.map(({ record }) => record.id).join(), async () =>
    runs.length > 0 ? groupInWorker(runs) : [],
  );
}
