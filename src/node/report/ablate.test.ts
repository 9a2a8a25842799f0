import { expect, test } from "vitest";
import { syntheticAblation } from "../../../test/support/ablation.js";
import { ablatePart } from "../../../test/support/parts.js";

const { ablation, records } = syntheticAblation({ rounds: 3, candidates: 4, seed: 6 });
const part = await ablatePart({ result: ablation, records });
const file = (name: string) => part.files.find(({ fileName }) => fileName === name)?.text ?? "";
const lines = (name: string) => file(name).trimEnd().split("\n");

test("the JSON has every number", () => {
  expect(JSON.parse(file("ablate.json"))).toEqual(ablation);
});

test("errors as CSV: a line for each network and round", () => {
  const [head, first] = lines("ablate-cells.csv");
  expect(lines("ablate-cells.csv")).toHaveLength(1 + 24 * 3);
  expect(head).toBe("network,sharing,auxiliary,batch-norm,dropout,rule,seed,train_error,test_error,run");
  const run = ablation.cells[0]?.runs[0];
  expect(first).toBe(`trunk,0,0,0,0,0,6,0.001,${run?.testError},${run?.id}`);
  expect(lines("ablate-cells.csv").at(-1)).toMatch(
    /^trunk\+sharing\+auxiliary\+batch-norm\+dropout\+rule,1,1,1,1,1,8,/,
  );
});

test("effects as CSV: a line for each, empty where there is no number", async () => {
  expect(lines("ablate-effects.csv")).toHaveLength(1 + 14);
  const one = syntheticAblation({ rounds: 1 });
  const single = (await ablatePart({ result: one.ablation, records: one.records })).files.find(
    ({ fileName }) => fileName === "ablate-effects.csv",
  );
  const mean = one.ablation.effects[0]?.mean;
  expect(single?.text.split("\n").slice(0, 2)).toEqual([
    "factor,other,mean,sd,ci95_low,ci95_high,p,p_holm,general_low,general_high",
    `sharing,,${mean},,,,,,,`,
  ]);
});

test("what tuning saw as CSV: four candidates in the first round, two in the second", () => {
  const trunk = lines("ablate-tuning.csv").filter((line) => line.startsWith("trunk,"));
  expect(lines("ablate-tuning.csv")).toHaveLength(1 + 24 * 6);
  expect(trunk.map((line) => line.split(",")[5]).toSorted()).toEqual([
    "50006",
    "50006",
    "50006",
    "50006",
    "50007",
    "50007",
  ]);
  expect(trunk[0]).toMatch(/^trunk,0,0\.003,,,50006,0\.\d+,[01]$/);
  expect(trunk.filter((line) => line.endsWith(",1")).length).toBe(2);
});

test("the command that gives the same numbers has no option for what was tuned", () => {
  const command = part.blocks.find(({ kind }) => kind === "command");
  expect(command).toEqual({ kind: "command", command: "pairlab ablate --candidates 4 --rounds 3 --seed 6" });
});

test("settings that were chosen for each network are only in the table", () => {
  const block = part.blocks.find((each) => each.kind === "settings");
  const names = block?.kind === "settings" ? block.settings.map(({ name }) => name) : [];
  expect(names).toContain("Learning rate, dropout, auxiliary weight");
  expect(names).not.toContain("Learning rate");
  expect(names).not.toContain("Dropout");
  const table = part.blocks.find((each) => each.kind === "table" && each.table.title === "Chosen settings");
  expect(table?.kind === "table" && table.table.rows).toHaveLength(24);
});
