import { expect, test } from "vitest";
import { syntheticTuning } from "../../../test/support/tuning.js";
import { tunePart } from "./tune.js";

const { tuning, records } = syntheticTuning();
const commands = { train: "pairlab train a --dropout 0.3", tune: "pairlab tune a --trials 24" };
const part = await tunePart(tuning, records, commands);
const file = (name: string) => part.files.find(({ fileName }) => fileName === name)?.text ?? "";

test("the JSON has every number, and the command that trains", () => {
  expect(JSON.parse(file("tune.json"))).toEqual({ ...tuning, command: commands.train });
});

test("a line of CSV for each trial and round", () => {
  const [head, first, ...rest] = file("tune.csv").trimEnd().split("\n");
  expect(head).toBe("trial,source,learning_rate,batch_size,dropout,auxiliary_weight,seed,validation_error,chosen");
  expect(first).toMatch(/^0,own,0\.003,50,0\.5,0\.5,50000,0\.\d+,0$/);
  expect(rest.length + 1).toBe(tuning.trials.reduce((sum, { errors }) => sum + errors.length, 0));
  expect(rest.filter((line) => line.endsWith(",1"))).toHaveLength(6);
});

test("the report says both commands, and names no test error", () => {
  expect(part.blocks.at(-1)).toEqual({ kind: "command", command: commands.tune });
  expect(JSON.stringify(part.blocks)).toContain(commands.train);
  const tables = part.blocks.flatMap((block) => (block.kind === "table" || block.kind === "fold" ? [block.table] : []));
  expect(JSON.stringify(tables)).not.toMatch(/test error/i);
});
