import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { stringifyJson } from "../formats/json.js";
import { recordFromJson } from "./record-json.js";
import type { RunRecord } from "./run.js";
import type { EpochResult } from "./train.js";

const [record] = syntheticReproduction({ rounds: 1, overrides: { epochs: 3 } }).records as [RunRecord];
const throughJson = (of: RunRecord) => recordFromJson(JSON.parse(stringifyJson(of)));

test("a record comes back from its JSON, also one without errors", () => {
  expect(throughJson(record)).toEqual(record);
  const none = { trainError: Number.NaN, testError: Number.NaN };
  const diverged = { ...record, ...none, diverged: { epoch: 1, step: 7, what: "weights" }, epochs: [] } as const;
  expect(throughJson(diverged)).toEqual(diverged);
});

test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 3.5e13])(
  "a record of a version that trained on with a loss of %d has diverged in that epoch",
  (testLoss) => {
    const [first, ...others] = record.epochs as [EpochResult, ...EpochResult[]];
    const epochs = [first, ...others.map((each) => ({ ...each, testLoss }))];
    expect(throughJson({ ...record, epochs })).toEqual({
      ...record,
      trainError: Number.NaN,
      testError: Number.NaN,
      diverged: { epoch: 2, step: null, what: "loss" },
      epochs: [first],
    });
  },
);
