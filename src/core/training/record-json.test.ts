import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { stringifyJson } from "../formats/json.js";
import { recordFromJson } from "./record-json.js";
import type { RunRecord } from "./run.js";

test("a record comes back from its JSON, with losses that have left the numbers", () => {
  const [first] = syntheticReproduction({ rounds: 1, overrides: { epochs: 2 } }).records as [RunRecord];
  const diverged = first.epochs.map((epoch, i) => ({
    ...epoch,
    trainLoss: i === 0 ? Number.POSITIVE_INFINITY : Number.NaN,
  }));
  const record = { ...first, epochs: diverged };
  expect(recordFromJson(JSON.parse(stringifyJson(record)))).toEqual(record);
});
