import { median } from "../../../core/index.js";
import type { StoredGroup } from "../../../core/runs/store-document.js";

/** The keys that groups can be sorted by. */
export type SortKey = "architecture" | "testError" | "trainError" | "n" | "parameters" | "seconds" | "lastUsed";

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The order in which a store lists its groups, as `pairlab runs` does. */
export const AS_LISTED: Sorting = { key: "architecture", descending: false };

/** The keys whose largest value comes first when they are chosen. */
const MOST_FIRST: ReadonlySet<SortKey> = new Set(["n", "lastUsed"]);

/** The time of a run in seconds: the median over a group's runs. */
export const medianSeconds = ({ runs }: Pick<StoredGroup, "runs">): number =>
  median(runs.map(({ seconds }) => seconds));

/** The order after a column's heading is pressed. A second press reverses it. */
export const nextSorting = (now: Sorting, key: SortKey): Sorting => ({
  key,
  descending: now.key === key ? !now.descending : MOST_FIRST.has(key),
});

/** Sorts groups. Equal ones stay in the store's order. */
export function sortGroups(groups: readonly StoredGroup[], { key, descending }: Sorting): StoredGroup[] {
  const value = VALUES[key];
  if (!value) return descending ? groups.toReversed() : [...groups];
  const keyed = groups.map((group) => ({ group, value: value(group) }));
  const sign = descending ? -1 : 1;
  const order = (a: number, b: number) => {
    // A group without an error, because its runs diverged, is last in both directions.
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  };
  return keyed.toSorted((a, b) => order(a.value, b.value)).map(({ group }) => group);
}

/** Architectures keep the store's order. */
const VALUES: Readonly<Record<SortKey, ((group: StoredGroup) => number) | undefined>> = {
  architecture: undefined,
  testError: ({ testError }) => testError.mean,
  trainError: ({ trainError }) => trainError.mean,
  n: ({ n }) => n,
  parameters: ({ parameters }) => parameters,
  seconds: medianSeconds,
  lastUsed: ({ lastUsed }) => Date.parse(lastUsed),
};
