import { describe, expect, test } from "vitest";
import { contrastOf, contrastValue, EFFECTS, effectsBeside } from "./contrasts.js";
import { cells, FACTORS, type Factor, type FactorSettings } from "./factors.js";

type Hints = readonly Factor[];
const settings = (hints: Hints): FactorSettings => ({
  sharing: hints.includes("sharing"),
  auxiliary: hints.includes("auxiliary"),
  "batch-norm": hints.includes("batch-norm"),
  dropout: hints.includes("dropout"),
  rule: hints.includes("rule"),
});
const cell = (...hints: Hints) => ({ factors: settings(hints) });

const worthOf = (factors: Hints, error: (factors: FactorSettings) => number): number | undefined => {
  const contrast = contrastOf(factors, cells);
  return (
    contrast &&
    contrastValue(
      contrast,
      cells.map((each) => error(each.factors)),
    )
  );
};

test("of two factors in four cells, the contrasts are those that one writes by hand", () => {
  const four = [cell(), cell("sharing"), cell("dropout"), cell("sharing", "dropout")];
  expect(contrastOf(["sharing"], four)).toEqual([-0.5, 0.5, -0.5, 0.5]);
  expect(contrastOf(["dropout"], four)).toEqual([-0.5, -0.5, 0.5, 0.5]);
  // (20 − 30) − (26 − 40) = 4
  const errors = [40, 26, 30, 20];
  expect(contrastValue(contrastOf(["sharing", "dropout"], four) ?? [], errors)).toBe(4);
  expect(contrastValue(contrastOf(["sharing"], four) ?? [], errors)).toBe((26 - 40 + (20 - 30)) / 2);
  const beside = effectsBeside("sharing", "dropout", four);
  expect(contrastValue(beside?.present ?? [], errors)).toBe(20 - 30);
  expect(contrastValue(beside?.absent ?? [], errors)).toBe(26 - 40);
});

test("the rule, which needs the auxiliary loss, is left out of what it does not exist for", () => {
  const three = [cell(), cell("auxiliary"), cell("auxiliary", "rule")];
  expect(contrastOf(["auxiliary"], three)).toEqual([-1, 1, 0]);
  expect(contrastOf(["rule"], three)).toEqual([0, -1, 1]);
  expect(contrastOf(["auxiliary", "rule"], three)).toBeUndefined();
  expect(effectsBeside("auxiliary", "rule", three)).toBeUndefined();
});

describe("over all 24 cells", () => {
  test("weights sum to zero, and so do those of the parts of an interaction", () => {
    for (const factors of EFFECTS) {
      const [factor, other] = factors;
      const beside = factor && other && effectsBeside(factor, other, cells);
      for (const contrast of [contrastOf(factors, cells), ...(beside ? [beside.present, beside.absent] : [])])
        if (contrast) expect(contrastValue(contrast, new Array(24).fill(1))).toBeCloseTo(0, 14);
    }
  });

  test("five main effects and nine interactions apply", () => {
    const applying = EFFECTS.filter((factors) => contrastOf(factors, cells));
    expect(applying.filter(({ length }) => length === 1)).toHaveLength(5);
    expect(applying.filter(({ length }) => length === 2)).toHaveLength(9);
    expect(applying).not.toContainEqual(["auxiliary", "rule"]);
  });

  test("how many cells each counts", () => {
    const counted = (...factors: Hints) => contrastOf(factors, cells)?.filter((weight) => weight !== 0).length;
    expect(counted("sharing")).toBe(24);
    expect(counted("auxiliary")).toBe(16);
    expect(counted("rule")).toBe(16);
    expect(counted("sharing", "auxiliary")).toBe(16);
    expect(counted("sharing", "dropout")).toBe(24);
    expect(counted("sharing", "rule")).toBe(16);
  });

  const effects: Readonly<Record<Factor, number>> = {
    sharing: -20,
    auxiliary: -80,
    "batch-norm": -10,
    dropout: 5,
    rule: -50,
  };
  const additive = (factors: FactorSettings): number =>
    FACTORS.reduce((sum, factor) => sum + (factors[factor] ? effects[factor] : 0), 190);

  test("a table of additive effects has exactly these, and no interaction", () => {
    for (const factor of FACTORS) expect(worthOf([factor], additive)).toBeCloseTo(effects[factor], 10);
    for (const factors of EFFECTS.filter(({ length }) => length === 2))
      expect(worthOf(factors, additive) ?? 0).toBeCloseTo(0, 10);
  });

  test("a table with one interaction has that one, whole, and half of it in both main effects", () => {
    const error = (factors: FactorSettings) => additive(factors) + (factors.sharing && factors["batch-norm"] ? 12 : 0);
    expect(worthOf(["sharing", "batch-norm"], error)).toBeCloseTo(12, 10);
    expect(worthOf(["sharing"], error)).toBeCloseTo(-20 + 6, 10);
    expect(worthOf(["batch-norm"], error)).toBeCloseTo(-10 + 6, 10);
    expect(worthOf(["dropout"], error)).toBeCloseTo(5, 10);
    for (const factors of EFFECTS.filter(({ length }) => length === 2))
      if (factors.join() !== "sharing,batch-norm") expect(worthOf(factors, error) ?? 0).toBeCloseTo(0, 10);
  });

  test("the auxiliary loss is judged with a learned head, the rule with an auxiliary loss", () => {
    // 7 more where the rule compares, 9 more where there is no auxiliary loss, for shared weights.
    const error = (factors: FactorSettings) =>
      additive(factors) + (factors.sharing && factors.rule ? 7 : 0) + (factors.sharing && !factors.auxiliary ? 9 : 0);
    expect(worthOf(["sharing", "rule"], error)).toBeCloseTo(7, 10);
    expect(worthOf(["sharing", "auxiliary"], error)).toBeCloseTo(-9, 10);
    expect(worthOf(["rule"], error)).toBeCloseTo(-50 + 3.5, 10);
    expect(worthOf(["auxiliary"], error)).toBeCloseTo(-80 - 4.5, 10);
    // A third of the cells has no auxiliary loss, a third the rule.
    expect(worthOf(["sharing"], error)).toBeCloseTo(-20 + 7 / 3 + 9 / 3, 10);
  });
});
