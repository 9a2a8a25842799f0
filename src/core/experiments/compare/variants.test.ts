import { expect, test } from "vitest";
import { around, syntheticRecords } from "../../../../test/support/comparison.js";
import { architectures } from "../../architectures/index.js";
import { InvalidRequest } from "../../errors.js";
import type { SettingOverrides } from "../../training/index.js";
import { compareArchitectures } from "./comparison.js";
import { paperConclusions } from "./paper-conclusions.js";
import { comparisonMethods, comparisonTables } from "./tables.js";
import { variantWords, withTitles } from "./variants.js";

const CONTEXT = {
  rounds: 7,
  seed: 0,
  dataset: { name: "MNIST", sha256: "5e".repeat(32) },
  engine: { version: "0.1.0", simd: "base", workers: 2 },
};

function variantOf(architecture: string, option: string, overrides: SettingOverrides, middle: number) {
  const records = syntheticRecords({ errors: { [architecture]: around(middle, 7, 1) }, overrides });
  const settings = Object.fromEntries(Object.entries(overrides).map(([name, value]) => [name, value as number]));
  const runs = records.map(({ id }) => id);
  return { records, variant: { name: `${architecture}:${option}`, architecture, settings, runs } };
}

const slow = variantOf("mlp", "learning-rate=0.0001", { learningRate: 0.0001 }, 250);

test("a variant is compared by its own runs, its architecture by the others; it carries architecture and settings", () => {
  const plain = syntheticRecords({ errors: { mlp: around(150, 7) } });
  const { architectures, differences } = compareArchitectures(
    ["mlp", slow.variant],
    [...slow.records, ...plain],
    CONTEXT,
  );
  expect(architectures[0]).not.toHaveProperty("settings");
  expect(architectures[0]?.runs.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
  expect(architectures[1]).toMatchObject({
    name: "mlp:learning-rate=0.0001",
    architecture: "mlp",
    settings: { learningRate: 0.0001 },
    title: "learning rate 0.0001",
  });
  expect(architectures[1]?.runs.map(({ id }) => id)).toEqual(slow.variant.runs);
  expect(differences[0]).toMatchObject({ a: "mlp", b: "mlp:learning-rate=0.0001" });
  expect(differences[0]?.sentence).toMatch(/^MLP lowers test error by .* against learning rate 0.0001 \(/);
});

test("titles: architecture and settings, or only the settings if all are of one architecture", () => {
  const { variant } = slow;
  const titles = (rows: Parameters<typeof withTitles>[0]) => withTitles(rows).map(({ title }) => title);
  expect(titles([variant, { name: "one-by-one" }])).toEqual(["MLP with learning rate 0.0001", undefined]);
  expect(titles([variant, { name: "mlp" }])).toEqual(["learning rate 0.0001", undefined]);
  expect(titles([{ ...variant, title: "slow" }, { name: "mlp" }])).toEqual(["slow", undefined]);
});

test("settings in words, switched off or on", () => {
  expect(variantWords({ augmentation: "none", partners: 1, clipNorm: 0, schedule: "constant" })).toBe(
    "augmentation none, partners 1, no clipping, constant learning rate",
  );
  expect(variantWords({ optimizer: "sgd", nesterov: false, auxiliaryWeight: 0.2, trainPairs: 500 })).toBe(
    "optimizer sgd, no Nesterov's momentum, auxiliary weight 0.2, training pairs 500",
  );
});

test("variants with the same runs are one named twice", () => {
  const again = { ...slow.variant, name: "mlp:learning-rate=1e-4" };
  const compare = () => compareArchitectures([slow.variant, again], slow.records, CONTEXT);
  expect(compare).toThrow(InvalidRequest);
  expect(compare).toThrow(
    /^mlp:learning-rate=0.0001 and mlp:learning-rate=1e-4 are the same network with the same settings/,
  );
});

test("on validation pairs, words say so", () => {
  const overrides = { evaluateOn: "validation" } as const;
  const records = syntheticRecords({ errors: { mlp: around(150, 7), "one-by-one": around(30, 7, 1) }, overrides });
  const comparison = compareArchitectures(["mlp", "one-by-one"], records, CONTEXT);
  expect(comparison.evaluateOn).toBe("validation");
  const text = JSON.stringify([comparison.differences, comparisonTables(comparison), comparisonMethods(comparison)]);
  expect(text).toContain("lowers validation error by");
  expect(text.replaceAll("testError", "")).not.toMatch(/test error/i);
  expect(() => compareArchitectures(["mlp", slow.variant], [...records, ...slow.records], CONTEXT)).toThrow(
    /some runs were measured on validation pairs/,
  );
});

test("the paper's conclusions are about its plain architectures, also beside variants, and only on test pairs", () => {
  const five = architectures.filter(({ paper }) => paper).map(({ name }) => name);
  const errors = Object.fromEntries(five.map((name, i) => [name, around(190 - 30 * i, 7, i)]));
  const plain = syntheticRecords({ errors });
  const compared = compareArchitectures([slow.variant, ...five], [...slow.records, ...plain], CONTEXT);
  const paper = paperConclusions(compared, [...slow.records, ...plain]);
  expect(paper?.conclusions).toHaveLength(4);
  // The variant's learning rate is not a changed setting of the paper's MLP.
  expect(JSON.stringify(paper)).not.toContain("0.0001");
  const four = compareArchitectures([slow.variant, ...five.slice(1)], [...slow.records, ...plain], CONTEXT);
  expect(paperConclusions(four, plain)).toBeUndefined();
  const validation = syntheticRecords({ errors, overrides: { evaluateOn: "validation" } });
  expect(paperConclusions(compareArchitectures(five, validation, CONTEXT), validation)).toBeUndefined();
});
