import { expect, test } from "vitest";
import { around, syntheticComparison } from "../../../../test/support/comparison.js";
import type { RunConfig } from "../../training/job.js";
import { comparisonMethods, comparisonTables } from "./tables.js";

const THREE = {
  mlp: [0.1, 0.12, 0.11],
  "simple-cnn": [0.13, 0.14, 0.16],
  "one-by-one": [0.01, 0.01, 0.01],
};

test("architectures and differences of three rounds", () => {
  const allTestPairs = { mlp: [0.1, 0.112, 0.106], "simple-cnn": [0.14, 0.143, 0.15] };
  const tables = comparisonTables(syntheticComparison({ errors: THREE, allTestPairs }).comparison);
  expect(tables.map(({ rows }) => rows)).toEqual([
    [
      ["MLP", "89,712", "11.0% ± 1.0 pt", "10.6% ± 0.60 pt", "8.5–13.5%", "3"],
      ["simple CNN", "76,386", "14.3% ± 1.5 pt", "14.4% ± 0.51 pt", "10.5–18.1%", "3"],
      ["one-by-one", "43,274", "1.0% ± 0.00 pt", "–", "0.70–1.42%", "3"],
    ],
    [
      ["MLP", "simple CNN", "−3.3", "0.25", "0.75", "1.00 [0.44, 1.00]"],
      ["MLP", "one-by-one", "10.0", "0.25", "0.75", "0.00 [0.00, 0.56]"],
      ["simple CNN", "one-by-one", "13.3", "0.25", "0.75", "0.00 [0.00, 0.56]"],
    ],
  ]);
  for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
});

test("all test pairs are of a list, or of what a seed makes of the images, as data and question are", () => {
  const errors = { mlp: [0.1], "one-by-one": [0.04] };
  const { comparison } = syntheticComparison({ errors, allTestPairs: errors });
  const own = { ...comparison, dataset: { ...comparison.dataset, name: "flags" } };
  const captionOf = (of: typeof comparison) => comparisonTables(of)[0]?.caption;
  expect(captionOf(comparison)).toMatch(
    / All test pairs: the same networks on every disjoint pair of the test images\.$/,
  );
  expect(captionOf(own)).toMatch(/ on all 5,000 pairs that a seed makes of the test images, no image twice\.$/);
  expect(captionOf({ ...own, relation: "listed-match" })).toMatch(/ on all 5,000 test pairs of the list\.$/);
  const { comparison: unmeasured } = syntheticComparison({ errors });
  expect(captionOf(unmeasured)).not.toContain("All test pairs");
});

test("rows and differences have a second interval where verdicts on single pairs are known", () => {
  const errors = { mlp: [0.1, 0.12, 0.11, 0.1, 0.11, 0.12], "simple-cnn": [0.13, 0.14, 0.16, 0.15, 0.13, 0.16] };
  const { comparison } = syntheticComparison({ errors, allTestPairs: errors, verdicts: true });
  const [architectures, differences] = comparisonTables(comparison);
  expect(architectures?.columns).toEqual([
    ...["", "Parameters", "Test error", "All test pairs", "These images", "Digits in general"],
  ]);
  for (const table of [architectures, differences])
    for (const row of table?.rows ?? []) expect(row).toHaveLength(table?.columns.length ?? 0);
  expect(differences?.columns.slice(2, 4)).toEqual(["A − B, points", "Digits in general"]);
  expect(differences?.rows[0]?.[3]).toMatch(/^\[−\d\.\d, −?\d\.\d\]$/);
  expect(architectures?.caption).toBe(
    'Mean ± standard deviation over 6 rounds. All test pairs: the same networks on every disjoint pair of the test images. 95% intervals are of the mean on all test pairs: "These images" is about these test images, "Digits in general" also covers the draw of others.',
  );
  expect(differences?.caption).toContain("each with all its 5,000 test pairs: below zero, A is better.");
  expect(differences?.caption).toContain("p and the first brackets are about these test images.");
  const own = { ...comparison, dataset: { ...comparison.dataset, name: "flags" } };
  expect(comparisonTables(own)[0]?.columns.at(-1)).toBe("Images in general");
  expect(comparison.differences[0]?.sentence).toMatch(/ For digits in general the interval is \[[^\]]+\]\.$/);
});

test("rows and differences have no second interval where too few rounds have the first", () => {
  const errors = { mlp: [0.1, 0.12], "simple-cnn": [0.13, 0.14] };
  const { comparison } = syntheticComparison({ errors, allTestPairs: errors, verdicts: true });
  const [architectures, differences] = comparisonTables(comparison);
  expect(architectures?.columns).toEqual(["", "Parameters", "Test error", "All test pairs", "95% interval", "n"]);
  expect(differences?.columns).toEqual(["A", "B", "A − B, points", "p", "p corrected", "P(A beats B)"]);
  expect(comparison.differences[0]?.sentence).not.toContain("in general");
});

test("differences have no second interval where they have no first, also where all rounds train on the same images", () => {
  const errors = { mlp: [0.1, 0.12, 0.11], "simple-cnn": [0.13, 0.14, 0.16] };
  const { comparison } = syntheticComparison({ errors, allTestPairs: errors, verdicts: true });
  const general = { of: "images", ci95: null, imagesSd: 0.01, trainingOverlap: 1 } as const;
  const sameImages = {
    ...comparison,
    differences: comparison.differences.map((difference) => ({ ...difference, general })),
  };
  const [, differences] = comparisonTables(sameImages);
  expect(differences?.columns).toEqual(["A", "B", "A − B, points", "p", "p corrected", "P(A beats B)"]);
  expect(differences?.caption).not.toContain("brackets");
});

test("one round has no spread and no p", () => {
  const [architectures, differences] = comparisonTables(
    syntheticComparison({ errors: { mlp: [0.1], "one-by-one": [0.04] } }).comparison,
  );
  expect(architectures?.rows[0]).toEqual(["MLP", "89,712", "10.0% ± –", "0.95 pt", "–", "1"]);
  expect(differences?.rows[0]?.slice(2, 5)).toEqual(["6.0", "–", "–"]);
});

test("no line is wider than 120 characters, the widest of the paper's included", () => {
  const errors = { "weight-sharing-auxiliary": around(160, 10), mlp: around(160, 10, 1) };
  const [architectures] = comparisonTables(
    syntheticComparison({ errors, allTestPairs: errors, verdicts: true }).comparison,
  );
  const { columns = [], rows = [] } = architectures ?? {};
  const widths = columns.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
  expect(widths.reduce((sum, width) => sum + width + 3, 1)).toBeLessThanOrEqual(120);
});

test("methods say what was counted and corrected", () => {
  const methods = (rounds: number, names: string[]) => {
    const errors = Object.fromEntries(names.map((name, i) => [name, around(150, rounds, i)]));
    const found = comparisonMethods(syntheticComparison({ errors }).comparison);
    return Object.fromEntries(found.map(({ name, value }) => [name, value]));
  };
  const few = methods(16, ["mlp", "one-by-one"]);
  expect(few.Test).toMatch(/all 65,536 assignments of signs were counted$/);
  expect(few.Correction).toMatch(/^none: one pair is compared;/);
  expect(methods(1, ["mlp", "one-by-one"]).Test).toMatch(/one round tests nothing$/);
  const many = methods(17, ["mlp", "simple-cnn", "one-by-one"]);
  expect(many.Test).toMatch(/99,999 assignments of signs were drawn$/);
  expect(many.Correction).toMatch(/^Holm's, over 3 pairs;/);
  expect(few).not.toHaveProperty("All test pairs");
  const errors = { mlp: [0.1], "one-by-one": [0.04] };
  const measured = comparisonMethods(syntheticComparison({ errors, allTestPairs: errors }).comparison);
  expect(measured.find(({ name }) => name === "All test pairs")?.value).toMatch(
    /^each round's networks on all 5,000 pairs/,
  );
});

test("rounds that deal the classes out anew do not share all images", () => {
  const errors = { mlp: [0.1], "one-by-one": [0.04] };
  const { comparison } = syntheticComparison({ errors, allTestPairs: errors });
  const said = (split?: "classes") => {
    const run = { architecture: "mlp", config: { ...(split && { split }) } as RunConfig };
    return comparisonMethods(comparison, [run]).find(({ name }) => name === "All test pairs")?.value;
  };
  expect(said("classes")).toMatch(/ Each seed deals the classes out anew, so rounds share only a part of the images$/);
  expect(said()).toMatch(/ All rounds share these images$/);
});
