import { expect, test } from "vitest";
import { tunePart } from "../../../test/support/parts.js";
import { syntheticTuning } from "../../../test/support/tuning.js";

const { tuning, records } = syntheticTuning();
const part = await tunePart({ result: tuning, records }, { over: "learning-rate, batch-size" });
const file = (name: string) => part.files.find(({ fileName }) => fileName === name)?.text ?? "";

test("the JSON has every number, and the command that trains", () => {
  expect(JSON.parse(file("tune.json"))).toEqual(tuning);
});

test("a line of CSV for each trial and round", () => {
  const [head, first, ...rest] = file("tune.csv").trimEnd().split("\n");
  expect(head).toBe("trial,source,learning_rate,batch_size,dropout,auxiliary_weight,seed,validation_error,chosen");
  expect(first).toMatch(/^0,own,0\.003,50,0\.5,0\.5,50000,0\.\d+,0$/);
  expect(rest.length + 1).toBe(tuning.trials.reduce((sum, { errors }) => sum + errors.length, 0));
  expect(rest.filter((line) => line.endsWith(",1"))).toHaveLength(6);
});

test("the report says both commands, and names no test error", () => {
  expect(part.blocks.at(-1)).toEqual({
    kind: "command",
    command: "pairlab tune weight-sharing-auxiliary --trials 24 --over learning-rate,batch-size --rounds 6 --seed 0",
  });
  expect(tuning.command).toMatch(/^pairlab train weight-sharing-auxiliary --learning-rate [\d.]+ --batch-size \d+/);
  expect(JSON.stringify(part.blocks)).toContain(tuning.command);
  const tables = part.blocks.flatMap((block) => (block.kind === "table" || block.kind === "fold" ? [block.table] : []));
  expect(JSON.stringify(tables)).not.toMatch(/test error/i);
});
