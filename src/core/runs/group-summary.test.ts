import { expect, it } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import type { RunRecord } from "../index.js";
import { summarizeGroup } from "./group-summary.js";
import { groupRuns, type RunGroup } from "./groups.js";

it("a group's numbers are those that a reproduction of the same seeds has", () => {
  const { reproduction, records } = syntheticReproduction({ rounds: 4, seed: 3 });
  const summaries = groupRuns(records).map(summarizeGroup);
  expect(
    summaries.map(({ architecture, n, seeds, testError, trainError, runs }) => ({
      architecture,
      n,
      seeds,
      testError,
      trainError,
      runs,
    })),
  ).toEqual(
    reproduction.architectures.map(({ name, testError, trainError, runs }) => ({
      architecture: name,
      n: 4,
      seeds: [3, 4, 5, 6],
      testError,
      trainError,
      runs: runs.map(({ id }) => id),
    })),
  );
});

it("one run has no spread", () => {
  const [group] = groupRuns(syntheticReproduction({ rounds: 1 }).records) as [RunGroup<RunRecord>];
  expect(summarizeGroup(group).testError).toEqual({ mean: group.records[0]?.testError, sd: null, ci95: null });
});
