import { expect, test } from "vitest";
import { findArchitecture } from "../../architectures/index.js";
import { cells, hintsOf } from "./factors.js";

const cell = (name: string) => cells.find((each) => each.name === name);

test("2 · 2 · 2 · 3 networks, all different", () => {
  expect(cells).toHaveLength(24);
  expect(new Set(cells.map(({ factors }) => JSON.stringify(factors))).size).toBe(24);
  expect(cells.filter(({ factors }) => factors.rule && !factors.auxiliary)).toEqual([]);
});

test("a network's factors are what it is built of", () => {
  for (const { name, factors } of cells) {
    const { trunk, head, trunks, auxiliaryWeight } = findArchitecture(name);
    const has = (kind: string) => trunk.some((layer) => layer.kind === kind);
    expect(factors).toEqual({
      sharing: trunks === "shared",
      auxiliary: auxiliaryWeight !== 0,
      "batch-norm": has("batch-norm"),
      dropout: has("dropout"),
      rule: head.length === 0,
    });
  }
});

test("hints in words", () => {
  expect(cell("trunk") && hintsOf(cell("trunk")?.factors as never)).toBe("none");
  expect(hintsOf(cell("trunk+sharing+auxiliary+batch-norm+rule")?.factors as never)).toBe(
    "sharing, auxiliary, batch norm, rule",
  );
});
