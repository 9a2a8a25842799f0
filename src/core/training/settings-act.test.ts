import { expect, test } from "vitest";
import { finish, smallJob, startJob } from "../../../test/support/jobs.js";
import { SETTING_NAMES, type SettingName } from "../settings/table.js";
import type { SettingOverrides } from "../settings/training-settings.js";

const sgd = { optimizer: "sgd" } as const;

/** A network that has the setting, a value that is not its own, and what stays the same. A setting that is missing does not compile. */
const CHANGED: Readonly<Record<SettingName, readonly [string, SettingOverrides, SettingOverrides?]>> = {
  epochs: ["mlp", { epochs: 1 }],
  batchSize: ["mlp", { batchSize: 5 }],
  learningRate: ["mlp", { learningRate: 0.01 }],
  optimizer: ["mlp", { optimizer: "lion" }],
  dropout: ["one-by-one", { dropout: 0.2 }],
  trainPairs: ["mlp", { trainPairs: 15 }],
  testPairs: ["mlp", { testPairs: 9 }],
  relation: ["mlp", { relation: "equal" }],
  evaluate: ["mlp", { evaluate: "end" }],
  evaluateOn: ["mlp", { evaluateOn: "validation" }],
  momentum: ["mlp", { momentum: 0.5 }, sgd],
  nesterov: ["mlp", { nesterov: true }, sgd],
  weightDecay: ["mlp", { weightDecay: 0.1 }],
  schedule: ["mlp", { schedule: "cosine" }],
  clipNorm: ["mlp", { clipNorm: 0.01 }],
  weightAverage: ["mlp", { weightAverage: 0.5 }],
  labelSmoothing: ["one-by-one", { labelSmoothing: 0.1 }],
  labelFraction: ["one-by-one", { labelFraction: 0.5 }],
  views: ["one-by-one", { views: "shifts" }],
  augmentation: ["mlp", { augmentation: { shift: 2 } }],
  pairing: ["mlp", { pairing: "shuffled" }],
  partners: ["weight-sharing", { partners: 2 }],
  balance: ["mlp", { balance: true }],
  split: ["mlp", { split: "classes" }],
  reuse: ["mlp", { reuse: true }],
  dataSeed: ["mlp", { dataSeed: 77 }],
  initSeed: ["mlp", { initSeed: 77 }],
  orderSeed: ["mlp", { orderSeed: 77 }],
  dropoutSeed: ["one-by-one", { dropoutSeed: 77 }],
  augmentationSeed: ["mlp", { augmentationSeed: 77 }, { augmentation: { shift: 2 } }],
  auxiliaryWeight: ["weight-sharing-auxiliary", { auxiliaryWeight: 3 }],
  pairWeight: ["weight-sharing-auxiliary", { pairWeight: 0.3 }],
  members: ["one-by-one", { members: 2 }],
};

test.each(SETTING_NAMES)("%s is of a run's id, and is acted on", (name) => {
  const changed = CHANGED[name];
  expect(changed, `a value of ${name} in this test`).toBeDefined();
  const [architecture, change, base = {}] = changed;
  const [usual, other] = [{}, change].map((each) => smallJob(architecture, { epochs: 2, ...base, ...each }));
  if (!usual || !other) throw new Error("no jobs");
  expect(other.id).not.toBe(usual.id);
  const [before, after] = [usual, other].map((job) => {
    const { epochs, weightsSha256 } = finish(startJob(job)).record;
    return { epochs, weightsSha256 };
  });
  expect(after).not.toEqual(before);
});
