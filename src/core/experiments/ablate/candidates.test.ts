import { expect, test } from "vitest";
import { findArchitecture } from "../../architectures/index.js";
import { SETTINGS } from "../../settings/table.js";
import { cellCandidates, nuisancesOf } from "./candidates.js";
import { cells } from "./factors.js";
import { MOST_CANDIDATES } from "./limits.js";

const drawn = cellCandidates(cells, 8, 0);
const cellOf = (name: string) => {
  const i = cells.findIndex((cell) => cell.name === name);
  const cell = cells[i];
  if (!cell) throw new Error(`no cell ${name}`);
  return { cell, candidates: drawn[i] ?? [] };
};

test("every cell has the same number, all different, and the first has its own settings", () => {
  for (const [i, candidates] of drawn.entries()) {
    expect(candidates).toHaveLength(8);
    expect(new Set(candidates.map((candidate) => JSON.stringify(candidate))).size).toBe(8);
    const own = findArchitecture(cells[i]?.name as string);
    for (const [setting, value] of Object.entries(candidates[0] ?? {}))
      expect(value).toBe(own[setting as keyof typeof own]);
  }
  expect(cellOf("trunk").candidates[0]).toEqual({ learningRate: 0.003 });
  expect(cellOf("trunk+auxiliary+dropout").candidates[0]).toEqual({
    learningRate: 0.003,
    dropout: 0.5,
    auxiliaryWeight: 0.5,
  });
});

test("only what a cell has is drawn for it; with the rule a weight would scale the only loss", () => {
  const nuisances = (name: string) => nuisancesOf(cellOf(name).cell).map(({ dimension }) => dimension.setting);
  expect(nuisances("trunk+sharing+batch-norm")).toEqual(["learningRate"]);
  expect(nuisances("trunk+dropout")).toEqual(["learningRate", "dropout"]);
  expect(nuisances("trunk+auxiliary")).toEqual(["learningRate", "auxiliaryWeight"]);
  expect(nuisances("trunk+auxiliary+dropout+rule")).toEqual(["learningRate", "dropout"]);
  for (const candidate of cellOf("trunk+dropout").candidates)
    expect(Object.keys(candidate)).toEqual(["learningRate", "dropout"]);
});

test("settings have two digits and lie in their ranges, one in each part of them", () => {
  for (const candidates of drawn)
    for (const nuisance of ["learningRate", "dropout", "auxiliaryWeight"] as const) {
      const { scale, ablated } = SETTINGS[nuisance].search;
      const { low, high } = ablated;
      const values = candidates.slice(1).flatMap((candidate) => candidate[nuisance] ?? []);
      if (values.length === 0) continue;
      for (const value of values) expect(value).toBe(Number(value.toPrecision(2)));
      const places = values.map((value) =>
        scale === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low),
      );
      // Rounding may move a value by 5% at most, a hundredth of the whole range, over a part's border.
      places
        .toSorted((a, b) => a - b)
        .forEach((place, part) => {
          expect(place).toBeGreaterThan(part / 7 - 0.02);
          expect(place).toBeLessThan((part + 1) / 7 + 0.02);
        });
    }
});

test("the learning rate is searched a factor of five on each side of the networks' own", () => {
  const { low, high } = SETTINGS.learningRate.search.ablated;
  expect(low).toBeCloseTo(0.003 / 5, 12);
  expect(high).toBeCloseTo(0.003 * 5, 12);
});

test("the same seed draws the same, another seed and another cell others", () => {
  expect(cellCandidates(cells, 8, 0)).toEqual(drawn);
  expect(cellCandidates(cells, 8, 1)).not.toEqual(drawn);
  expect(cellOf("trunk").candidates).not.toEqual(cellOf("trunk+sharing").candidates);
});

test("one candidate is the own settings; the most are still all different", () => {
  expect(cellCandidates(cells, 1, 0).map((candidates) => candidates.length)).toEqual(new Array(24).fill(1));
  for (const seed of [0, 1, 2])
    for (const candidates of cellCandidates(cells, MOST_CANDIDATES, seed))
      expect(new Set(candidates.map((candidate) => JSON.stringify(candidate))).size).toBe(MOST_CANDIDATES);
});
