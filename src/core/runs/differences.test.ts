import fc from "fast-check";
import { expect, it } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import type { RunRecord } from "../index.js";
import { runDifferences } from "./differences.js";
import { flatten } from "./flat.js";

const { records } = syntheticReproduction({ rounds: 2 });
const [mlp, again] = records as [RunRecord, RunRecord];
const find = (name: string) => records.find(({ architecture }) => architecture === name) as RunRecord;

it("names what differs and nothing else", () => {
  expect(runDifferences([mlp, mlp])).toEqual([]);
  expect(runDifferences([mlp, again])).toEqual([{ key: "seed", values: [0, 1] }]);
  const faster = { ...mlp, config: { ...mlp.config, learningRate: 0.1 } };
  expect(runDifferences([mlp, faster, mlp])).toEqual([{ key: "config.learningRate", values: [0.002, 0.1, 0.002] }]);
});

it("compares layers by their place, from the trunk to the head", () => {
  const shared = find("weight-sharing");
  const { trunk, head } = shared.config.network;
  const narrower = { kind: "linear" as const, features: 5 };
  const network = { ...shared.config.network, trunk: [...trunk.slice(0, -1), narrower], head: head.slice(0, -1) };
  expect(runDifferences([shared, { ...shared, config: { ...shared.config, network } }])).toEqual([
    { key: `config.network.trunk.${trunk.length - 1}`, values: [trunk.at(-1), narrower] },
    { key: `config.network.head.${head.length - 1}`, values: [head.at(-1), null] },
  ]);
});

it("finds a difference exactly where a value is not the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...records), fc.constantFrom(...records), (a, b) => {
      const [one, two] = [a, b].map(({ architecture, seed, config }) => flatten({ architecture, seed, config }));
      const differing = [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])]
        .filter((key) => one?.get(key) !== two?.get(key))
        .map((key) => key.replace(/^(config\.network\.(?:trunk|head)\.\d+)\..*/, "$1"));
      expect(new Set(runDifferences([a, b]).map(({ key }) => key))).toEqual(new Set(differing));
    }),
  );
});
