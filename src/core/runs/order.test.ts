import { expect, test } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../index.js";
import { groupRuns } from "./groups.js";
import { inOrder, lastOf } from "./order.js";

const [run] = syntheticRuns() as [FinishedRun];
const named = (architecture: string, id: string, epochs = 25) => ({
  ...run.record,
  architecture,
  id,
  config: { ...run.record.config, epochs },
});
const NONE = new Map<string, number>();

test("the paper's come first, then the trunk family, the further ones, and others by name", () => {
  const names = ["zebra", "best", "trunk+sharing", "aardvark", "one-by-one", "mlp"];
  const groups = inOrder(groupRuns(names.map((name, i) => named(name, `${i}`))), NONE);
  expect(groups.map(({ architecture }) => architecture)).toEqual([
    ...["mlp", "one-by-one", "trunk+sharing", "best", "aardvark", "zebra"],
  ]);
});

test("of one architecture, the one that was used last comes first", () => {
  const groups = groupRuns([named("mlp", "a", 1), named("mlp", "b", 2), named("mlp", "c", 3)]);
  const used = new Map([
    ["a", 20],
    ["b", 30],
    ["c", 10],
  ]);
  expect(inOrder(groups, used).map(({ records }) => records[0]?.id)).toEqual(["b", "a", "c"]);
});

test("a group was used when its last run was; one that is gone meanwhile, never", () => {
  const [group] = groupRuns([named("mlp", "a"), named("mlp", "b"), named("mlp", "c")]);
  const last = (...used: [string, number][]) => lastOf(group as NonNullable<typeof group>, new Map(used));
  expect(last(["a", 20], ["b", 30], ["c", 10])).toEqual({ id: "b", time: 30 });
  expect(last(["c", 5])).toEqual({ id: "c", time: 5 });
  expect(last()).toEqual({ id: "a", time: 0 });
});
