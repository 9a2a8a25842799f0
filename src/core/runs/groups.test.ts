import { describe, expect, it } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import type { RunRecord } from "../index.js";
import { groupRuns } from "./groups.js";

const { records } = syntheticReproduction({ rounds: 3 });
const seedsOf = (runs: readonly RunRecord[]) => groupRuns(runs).map((group) => group.records.map(({ seed }) => seed));

describe("groups of runs", () => {
  it("are by architecture, with the seeds in ascending order", () => {
    const groups = groupRuns(records.toReversed());
    expect(groups.map(({ architecture }) => architecture)).toEqual([
      "one-by-one",
      "weight-sharing-auxiliary",
      "weight-sharing",
      "simple-cnn",
      "mlp",
    ]);
    expect(seedsOf(records.toReversed())).toEqual(Array(5).fill([0, 1, 2]));
  });

  it("are apart for any setting that differs", () => {
    const [first, second] = records as [RunRecord, RunRecord];
    const { config } = second;
    for (const changed of [
      { ...config, epochs: 7 },
      { ...config, learningRate: 0.1 },
      { ...config, evaluateOn: "validation" as const },
      { ...config, network: { ...config.network, head: config.network.head.slice(1) } },
      { ...config, dataset: { ...config.dataset, sha256: "0".repeat(64) } },
      { ...config, engine: { ...config.engine, simd: "fused" as const } },
    ])
      expect(seedsOf([first, { ...second, config: changed }])).toEqual([[0], [1]]);
  });

  it("take no account of the order of fields or of a data set's name, which decide no bits", () => {
    const [first, second] = records as [RunRecord, RunRecord];
    const backwards = Object.fromEntries(Object.entries(second.config).reverse()) as unknown as RunRecord["config"];
    const config = { ...backwards, dataset: { ...second.config.dataset, name: "copy" } };
    expect(seedsOf([first, { ...second, config }])).toEqual([[0, 1]]);
  });

  it("of nothing are none", () => {
    expect(groupRuns([])).toEqual([]);
  });
});
