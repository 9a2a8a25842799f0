import { median } from "../../../core/index.js";
import type { StoredGroup } from "../../../core/runs/store-document.js";

/** What groups are sorted by. */
export type SortKey = "architecture" | "testError" | "trainError" | "n" | "parameters" | "seconds" | "lastUsed";

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The order in which a store lists its groups, as `pairlab runs` does. */
export const AS_LISTED: Sorting = { key: "architecture", descending: false };

/** Of these the most comes first when they are chosen. */
const MOST_FIRST: ReadonlySet<SortKey> = new Set(["n", "lastUsed"]);

/** Of a run, in seconds: the median over a group's runs. */
export const medianSeconds = ({ runs }: Pick<StoredGroup, "runs">): number =>
  median(runs.map(({ seconds }) => seconds));

/** What a column's heading, when it is pressed, sorts by: the other way round where that is the order already. */
export const nextSorting = (now: Sorting, key: SortKey): Sorting => ({
  key,
  descending: now.key === key ? !now.descending : MOST_FIRST.has(key),
});

/** Sorted groups; those that are equal stay in the store's order. */
export function sortGroups(groups: readonly StoredGroup[], { key, descending }: Sorting): StoredGroup[] {
  const value = VALUES[key];
  if (!value) return descending ? groups.toReversed() : [...groups];
  const keyed = groups.map((group) => ({ group, value: value(group) }));
  const sign = descending ? -1 : 1;
  const order = (a: number, b: number) => {
    // What has no error, because it diverged, comes last either way.
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  };
  return keyed.toSorted((a, b) => order(a.value, b.value)).map(({ group }) => group);
}

/** Architectures have an order of their own, which is the store's. */
const VALUES: Readonly<Record<SortKey, ((group: StoredGroup) => number) | undefined>> = {
  architecture: undefined,
  testError: ({ testError }) => testError.mean,
  trainError: ({ trainError }) => trainError.mean,
  n: ({ n }) => n,
  parameters: ({ parameters }) => parameters,
  seconds: medianSeconds,
  lastUsed: ({ lastUsed }) => Date.parse(lastUsed),
};
