import { expect, test } from "vitest";
import type { StoredGroup } from "../../../core/runs/store-document.js";
import { AS_LISTED, medianSeconds, nextSorting, type SortKey, sortGroups } from "./sorting.js";

const spread = (mean: number) => ({ mean, sd: null, ci95: null });

/** A group with what it is sorted by, and nothing else. */
const group = (architecture: string, test: number, train: number, n: number, seconds: number[], lastUsed: string) =>
  ({
    architecture,
    testError: spread(test),
    trainError: spread(train),
    n,
    parameters: n * 1000,
    lastUsed,
    runs: seconds.map((each) => ({ seconds: each })),
  }) as unknown as StoredGroup;

// As a store lists them.
const GROUPS = [
  group("mlp", 0.19, 0.002, 3, [1, 9, 2], "2026-11-24T13:00:00.000Z"),
  group("mlp", 0.16, 0.001, 10, [3], "2026-11-23T13:00:00.000Z"),
  group("one-by-one", 0.03, 0.004, 10, [1, 2], "2026-12-01T13:00:00.000Z"),
  group("best", 0.007, 0.003, 2, [60], "2026-11-24T13:00:00.001Z"),
];

const places = (key: SortKey, descending: boolean): number[] =>
  sortGroups(GROUPS, { key, descending }).map((each) => GROUPS.indexOf(each));

test("as listed, and by each column in both directions; equal ones stay as listed", () => {
  expect(sortGroups(GROUPS, AS_LISTED)).toEqual(GROUPS);
  expect(places("architecture", true)).toEqual([3, 2, 1, 0]);
  expect(places("testError", false)).toEqual([3, 2, 1, 0]);
  expect(places("testError", true)).toEqual([0, 1, 2, 3]);
  expect(places("trainError", false)).toEqual([1, 0, 3, 2]);
  expect(places("n", false)).toEqual([3, 0, 1, 2]);
  expect(places("n", true)).toEqual([1, 2, 0, 3]);
  expect(places("parameters", true)).toEqual([1, 2, 0, 3]);
  expect(places("seconds", false)).toEqual([2, 0, 1, 3]);
  expect(places("lastUsed", true)).toEqual([2, 3, 0, 1]);
});

test("the time of a run is the median", () => {
  expect(GROUPS.map(medianSeconds)).toEqual([2, 3, 1.5, 60]);
});

test("a heading turns its own order round, and begins with the least, or the most where that is asked for", () => {
  const byError = nextSorting(AS_LISTED, "testError");
  expect(byError).toEqual({ key: "testError", descending: false });
  expect(nextSorting(byError, "testError")).toEqual({ key: "testError", descending: true });
  expect(nextSorting(byError, "lastUsed")).toEqual({ key: "lastUsed", descending: true });
  expect(nextSorting({ key: "n", descending: true }, "n")).toEqual({ key: "n", descending: false });
  expect(nextSorting(byError, "architecture")).toEqual(AS_LISTED);
});

test("groups without an error, because every run diverged, come last in either order", () => {
  const lost = group("quick", Number.NaN, Number.NaN, 2, [1], "2026-11-24T13:00:00.000Z");
  const groups = [lost, ...GROUPS];
  for (const descending of [false, true]) {
    const sorted = sortGroups(groups, { key: "testError", descending });
    expect(sorted.at(-1)).toBe(lost);
    expect(sorted.slice(0, -1)).toEqual(sortGroups(GROUPS, { key: "testError", descending }));
  }
});
