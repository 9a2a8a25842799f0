import { expect, test } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import type { SettingOverrides } from "../../core/index.js";
import { whatNeeds } from "./needs.js";

const file = { name: "first-pairs", path: "data/first-pairs.gz", bytes: 1, size: 1, sha256: "" };
const first = { ...file, seed: 0, trainPairs: 20, testPairs: 20, height: 14, width: 14 };

test.each<[string | undefined, number, SettingOverrides]>([
  ["Seed 1 needs", 1, {}],
  ["Seed 5 needs", 0, { dataSeed: 5 }],
  ["Validation pairs need", 0, { evaluateOn: "validation" }],
  ["Balanced pairs need", 0, { balance: true }],
  ["Images in several pairs need", 0, { reuse: true }],
  ["Pairs split by classes need", 0, { split: "classes" }],
  ["1,200 training pairs need", 0, { trainPairs: 1200 }],
  ["21 test pairs need", 0, { testPairs: 21 }],
  [undefined, 0, {}],
  [undefined, 0, { trainPairs: 3, testPairs: 4, relation: "less" }],
])("what pairs need more than the first: %s", (needs, seed, settings) => {
  expect(whatNeeds(smallJob("mlp", { trainPairs: 20, testPairs: 20, ...settings }, seed), first)).toBe(needs);
});
