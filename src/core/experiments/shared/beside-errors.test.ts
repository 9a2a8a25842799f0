import { expect, test } from "vitest";
import { syntheticComparison } from "../../../../test/support/comparison.js";
import { calibrationSettings, calibrationTables, distributionTable } from "./beside-errors.js";

const calibrations = {
  mlp: [0.13, 0.15, 0.14].map((error, round) => ({
    ...{ brierScore: 0.16 + round / 100, logLoss: 1 + round / 10 },
    expectedError: { error, byChance: 0.003 },
  })),
};
const errors = { mlp: [0.2, 0.19, 0.21], "one-by-one": [0.03, Number.NaN, 0.025] };
const { comparison, records } = syntheticComparison({ errors, allTestPairs: { mlp: errors.mlp }, calibrations });
const rows = comparison.architectures.map((row) => ({ ...row, title: row.name }));
const runsOf = ({ name }: { readonly name: string }) => records.filter(({ architecture }) => architecture === name);

test("the distribution has the least error, the quartiles, the greatest, and how many rounds diverged", () => {
  const { columns, rows: cells, caption } = distributionTable(rows, "Test errors on pairs", comparison);
  expect(columns).toEqual(["", "Least", "Quartiles", "Median", "Greatest", "Diverged"]);
  expect(cells).toEqual([
    ["mlp", "19.0%", "19.5–20.5%", "20.0%", "21.0%", "0 of 3, at most 56%"],
    ["one-by-one", "2.5%", "2.6–2.9%", "2.8%", "3.0%", "1 of 3, 6.1–79%"],
  ]);
  expect(caption).toMatch(/^Test errors on pairs\. /);
  const runs = runsOf({ name: "one-by-one" }).slice(1, 2);
  const [lost] = distributionTable([{ title: "a", distribution: null, runs }], "", { rounds: 1 }).rows;
  expect(lost).toEqual(["a", "–", "–", "–", "–", "1 of 1, at least 21%"]);
});

test("the calibration has its measures, and the loss that training lowers beside the pair's own", () => {
  const [table] = calibrationTables(rows, runsOf, comparison);
  expect(table?.columns).toEqual(["", "Calibration error", "Chance", "Brier", "Log loss", "Test loss"]);
  expect(table?.rows).toEqual([
    ["mlp", "14.0% [11.5, 16.5]", "0.30%", "0.1700", "1.100", "0.700"],
    ["one-by-one", "–", "–", "–", "–", "0.700"],
  ]);
  expect(table?.caption).toContain("each on 5,000 test pairs");
  expect(calibrationSettings(rows)).toHaveLength(1);
});

test("there is no table of calibration where none was measured", () => {
  const plain = syntheticComparison({ errors }).comparison.architectures.map((row) => ({ ...row, title: row.name }));
  expect(calibrationTables(plain, runsOf, comparison)).toEqual([]);
  expect(calibrationSettings(plain)).toEqual([]);
});
