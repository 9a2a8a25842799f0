import { picked } from "../picked.js";
import type { RunSummary } from "../training/run.js";
import { distinctions } from "./distinctions.js";
import { type GroupSummary, summarizeGroup } from "./group-summary.js";
import { groupRuns, type RunGroup } from "./groups.js";
import { inOrder, lastOf } from "./order.js";
import type { StoredGroup } from "./store-document.js";

/**
 * Runs as the page lists them: grouped, in the store's order, with what differs in words.
 *
 * @param used  when each was trained or asked for last, in ms since 1970, by id
 * @param summarize  default: from nothing. An interval takes a while, so that whoever asks again may know it.
 */
export function storedGroups(
  records: readonly RunSummary[],
  used: ReadonlyMap<string, number>,
  summarize: (groups: readonly RunGroup[]) => readonly GroupSummary[] = (groups) => groups.map(summarizeGroup),
): StoredGroup[] {
  const groups = inOrder(groupRuns(records), used);
  const differs = distinctions(groups);
  const summaries = summarize(groups);
  return groups.map((group, i) =>
    described(group, summaries[i] as GroupSummary, differs[i] ?? [], lastOf(group, used).time),
  );
}

function described(
  { records }: RunGroup,
  summary: GroupSummary,
  differs: readonly string[],
  lastUsed: number,
): StoredGroup {
  const [{ parameters }] = records as readonly [RunSummary];
  return {
    ...summary,
    parameters,
    differs,
    lastUsed: new Date(lastUsed).toISOString(),
    runs: records.map((record) =>
      picked(record, "id", "seed", "trainError", "testError", "testYes", "diverged", "seconds", "weightsSha256"),
    ),
  };
}
