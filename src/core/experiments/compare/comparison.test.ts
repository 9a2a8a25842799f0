import { describe, expect, test } from "vitest";
import { around, syntheticComparison, syntheticRecords } from "../../../../test/support/comparison.js";
import { InvalidRequest } from "../../errors.js";
import { compareArchitectures, roundDifferences } from "./comparison.js";
import type { Difference } from "./difference.js";
import { requireDifferent } from "./require-different.js";
import { comparisonDivergences, comparisonTables } from "./tables.js";

const THREE = {
  mlp: [0.1, 0.12, 0.11],
  "simple-cnn": [0.13, 0.14, 0.16],
  "weight-sharing": [0.11, 0.11, 0.12],
};

const CONTEXT = {
  rounds: 3,
  seed: 0,
  dataset: { name: "MNIST", sha256: "5e".repeat(32) },
  engine: { version: "0.1.0", simd: "base", workers: 2 },
};

test("three architectures over three rounds, by hand", () => {
  const { architectures, differences } = syntheticComparison({ errors: THREE }).comparison;
  expect(architectures.map(({ name, parameters, testError }) => [name, parameters, testError.mean])).toEqual([
    ["mlp", 89_712, 0.11],
    ["simple-cnn", 76_386, expect.closeTo(0.43 / 3, 12)],
    ["weight-sharing", 75_202, expect.closeTo(0.34 / 3, 12)],
  ]);
  // −0.03, −0.02, −0.05; −0.01, 0.01, −0.01; 0.02, 0.03, 0.04. Of 8 assignments of signs, two are as far where all signs
  // agree, and all where sizes are equal. Holm: 3 · 0.25, then at least that, then 1.
  expect(differences.map(({ a, b, mean, p, pHolm, exact }) => [a, b, mean, p, pHolm, exact])).toEqual([
    ["mlp", "simple-cnn", expect.closeTo(-0.1 / 3, 12), 0.25, 0.75, true],
    ["mlp", "weight-sharing", expect.closeTo(-0.01 / 3, 12), 1, 1, true],
    ["simple-cnn", "weight-sharing", expect.closeTo(0.03, 12), 0.25, 0.75, true],
  ]);
  expect(differences.map(({ sd }) => sd)).toEqual([
    expect.closeTo(Math.sqrt(7 / 3) / 100, 12),
    expect.closeTo(Math.sqrt(4 / 3) / 100, 12),
    expect.closeTo(0.01, 12),
  ]);
  expect(differences.map(({ probabilityOfSuperiority }) => probabilityOfSuperiority?.value)).toEqual([1, 2 / 3, 0]);
});

test("with a baseline the others are compared only with it, and p is corrected for those comparisons", () => {
  const records = syntheticRecords({ errors: THREE });
  const names = Object.keys(THREE);
  const { baseline, differences } = compareArchitectures(names, records, CONTEXT, { withFirst: true });
  expect(baseline).toBe("mlp");
  // As above, but Holm over two: 2 · 0.25, then 1.
  expect(differences.map(({ a, b, p, pHolm }) => [a, b, p, pHolm])).toEqual([
    ["mlp", "simple-cnn", 0.25, 0.5],
    ["mlp", "weight-sharing", 1, 1],
  ]);
  expect(compareArchitectures(names, records, CONTEXT)).not.toHaveProperty("baseline");
});

test("beside the errors stand those on all test pairs, and what either owes to the number of its pairs", () => {
  const allTestPairs = { mlp: [0.1, 0.11, 0.114], "simple-cnn": [0.14, 0.15, 0.15], "weight-sharing": [0.1, 0.1] };
  const { architectures } = syntheticComparison({ errors: THREE, allTestPairs }).comparison;
  const [mlp, cnn, sharing] = architectures;
  expect(mlp?.samplingSd).toBeCloseTo(Math.sqrt(0.11 * 0.89 * 1000) / 1000, 15);
  expect(mlp?.allTestPairs).toEqual({
    pairs: 5000,
    testError: { mean: expect.closeTo(0.108, 12), sd: expect.closeTo(Math.sqrt(5.2e-5), 12), ci95: expect.anything() },
    distribution: {
      ...{ least: 0.1, lowerQuartile: expect.closeTo(0.105, 12), median: 0.11 },
      ...{ upperQuartile: expect.closeTo(0.112, 12), greatest: 0.114 },
    },
    samplingSd: expect.closeTo(Math.sqrt(0.108 * 0.892 * 5000) / 5000, 15),
  });
  expect(mlp?.runs.map(({ testError, allTestPairsError }) => [testError, allTestPairsError])).toEqual([
    [0.1, 0.1],
    [0.12, 0.11],
    [0.11, 0.114],
  ]);
  // 44/3% ± t(0.975, 2) · √(1/3) / √3 points: t = 4.302653.
  expect(cnn?.allTestPairs?.testError.ci95?.[0]).toBeCloseTo(0.44 / 3 - 0.04302653 / 3, 8);
  // A round is not measured: no mean over rounds.
  expect(sharing).not.toHaveProperty("allTestPairs");
});

test("differences are on all test pairs if every network was measured on them, otherwise on a round's own", () => {
  const all = { mlp: [0.1, 0.11, 0.114], "simple-cnn": [0.14, 0.15, 0.15], "weight-sharing": [0, 0.1, 0.2] };
  const { comparison } = syntheticComparison({ errors: THREE, allTestPairs: all });
  expect(comparison.differencePairs).toBe(5000);
  expect(comparison.differences[0]?.mean).toBeCloseTo((0.324 - 0.44) / 3, 12);
  // An error of 0 on all test pairs is an error.
  expect(roundDifferences(comparison, { a: "mlp", b: "weight-sharing" })).toEqual([0.1, 0.01, -0.086]);
  expect(comparison.differences[1]?.probabilityOfSuperiority?.value).toBeCloseTo(1 / 3, 12);
  const { "weight-sharing": _, ...two } = all;
  const own = syntheticComparison({ errors: THREE, allTestPairs: two }).comparison;
  expect(own.differencePairs).toBe(1000);
  expect(own.differences[0]?.mean).toBeCloseTo(-0.1 / 3, 12);
});

test("signs that disagree: 10 of 64 assignments are as far", () => {
  // 0.03, 0.02, 0.01, 0.01, 0.01, −0.01 sum to 7 of at most 9; as far are those that turn nothing or one of the four
  // smallest (1 + 4), and their opposites.
  const errors = { mlp: [0.13, 0.12, 0.11, 0.11, 0.11, 0.1], "one-by-one": [0.1, 0.1, 0.1, 0.1, 0.1, 0.11] };
  const [difference] = syntheticComparison({ errors }).comparison.differences;
  expect(difference).toMatchObject({ p: 10 / 64, pHolm: 10 / 64, exact: true });
  expect(difference?.probabilityOfSuperiority?.value).toBeCloseTo(1 / 6, 12);
  // Squared deviations from 7/6 sum to 17 − 49/6, so that sd is 0.013292, and
  // ((1.95996 + 0.84162) · 0.013292 / 0.011667)² + 1.95996² / 2 = 12.11.
  expect(difference?.rounds).toBe(13);
});

test("the interval is of the rounds' differences: what both share cancels", () => {
  const hard = around(150, 12);
  const errors = { mlp: hard, "one-by-one": hard.map((error) => error - 0.02) };
  const [difference] = syntheticComparison({ errors }).comparison.differences;
  // Differences that are all equal have no spread to make an interval of.
  expect(difference).toMatchObject({ mean: 0.02, sd: expect.closeTo(0, 15), ci95: null, p: 2 / 2 ** 12 });
  const nearly = { ...errors, "one-by-one": errors["one-by-one"].map((error, i) => error + (i % 2) / 1000) };
  const [other] = syntheticComparison({ errors: nearly }).comparison.differences;
  const [low, high] = other?.ci95 ?? [];
  expect(low).toBeGreaterThan(0.019);
  expect(high).toBeLessThan(0.02);
});

describe("a pair of which a round diverged", () => {
  const lost = around(150, 12).map((error, round) => (round === 3 || round === 8 ? Number.NaN : error));
  const errors = { mlp: lost, "one-by-one": around(30, 12, 1), "simple-cnn": around(180, 12, 2) };
  const { comparison } = syntheticComparison({ errors });
  const [first, second, others] = comparison.differences as [Difference, Difference, Difference];

  test("has no test and no interval, and a mean of the rounds that both finished", () => {
    const both = [0, 1, 2, 4, 5, 6, 7, 9, 10, 11];
    const differences = both.map((round) => (lost[round] as number) - (errors["one-by-one"][round] as number));
    expect(first).toMatchObject({ a: "mlp", b: "one-by-one", diverged: 2, probabilityOfSuperiority: null });
    for (const key of ["sd", "ci95", "p", "pHolm", "exact", "rounds"] as const) expect(first[key]).toBeNull();
    expect(first.mean).toBeCloseTo(differences.reduce((sum, each) => sum + each, 0) / 10, 12);
    expect(second).toMatchObject({ a: "mlp", b: "simple-cnn", diverged: 2, p: null });
    expect(first.sentence).toMatch(
      /^No test is made between MLP and one-by-one: 2 of 12 rounds of MLP diverged\. In the 10 rounds that both finished, the difference is 1\d\.\d points in favour of one-by-one\.$/,
    );
  });

  test("counts as a comparison for the others", () => {
    expect(others).not.toHaveProperty("diverged");
    expect(others.p).toBe(2 / 2 ** 12);
    expect(others.pHolm).toBe(3 * (others.p as number));
  });

  test("is of an architecture whose errors are those of the other rounds", () => {
    const [mlp] = comparison.architectures;
    expect(mlp?.diverged).toBe(2);
    expect(mlp?.testError.mean).toBeCloseTo(lost.filter((error) => error > 0).reduce((a, b) => a + b, 0) / 10, 12);
    expect(mlp?.runs[3]).toMatchObject({ testError: Number.NaN, diverged: { epoch: 1, step: 7 } });
    const [tables, differences] = comparisonTables(comparison);
    expect(tables?.columns).toContain("Diverged");
    expect(tables?.rows[0]).toContain("2 of 12");
    expect(tables?.rows[0]?.at(-1)).toBe("10");
    expect(differences?.rows[0]?.slice(3)).toEqual(["–", "–", "–"]);
    expect(comparisonDivergences(comparison)).toEqual([
      "2 of 12 rounds of MLP diverged (seed 3 at epoch 1, step 7; seed 8 at epoch 1, step 7).",
    ]);
  });

  test("may have no round that both finished, and then has no numbers", () => {
    const none = new Array<number>(4).fill(Number.NaN);
    const { comparison } = syntheticComparison({ errors: { mlp: none, "one-by-one": around(30, 4) } });
    const [difference] = comparison.differences;
    expect(difference?.mean).toBeNaN();
    expect(difference?.sentence).toBe(
      "No test is made between MLP and one-by-one: 4 of 4 rounds of MLP diverged. No round was finished by both.",
    );
    expect(JSON.stringify(comparisonTables(comparison))).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test("equal errors: no difference, not even by rounding", () => {
  const errors = { mlp: [0.1, 0.2, 0.3], "one-by-one": [0.2, 0.3, 0.1] };
  const [difference] = syntheticComparison({ errors }).comparison.differences;
  expect(difference).toMatchObject({ mean: 0, p: 1, rounds: null });
});

test("beyond 16 rounds signs are drawn", () => {
  const errors = { mlp: around(150, 17), "one-by-one": around(50, 17) };
  const [difference] = syntheticComparison({ errors }).comparison.differences;
  expect(difference?.exact).toBe(false);
  expect(difference?.p).toBeCloseTo(2 / 2 ** 17, 4);
});

test("one round has means, and no spread and no test", () => {
  const errors = { mlp: [0.15], "one-by-one": [0.03] };
  const { architectures, differences } = syntheticComparison({ errors }).comparison;
  expect(architectures[0]?.testError).toEqual({ mean: 0.15, sd: null, ci95: null });
  expect(differences[0]).toMatchObject({
    mean: 0.12,
    sd: null,
    ci95: null,
    p: null,
    pHolm: null,
    exact: null,
    rounds: null,
    probabilityOfSuperiority: { value: 0 },
  });
});

test("rounds are paired by seed, whatever the order of the records", () => {
  const records = syntheticRecords({ errors: THREE }).toReversed();
  const { comparison } = syntheticComparison({ errors: THREE });
  expect(compareArchitectures(Object.keys(THREE), records, CONTEXT)).toEqual(comparison);
  expect(roundDifferences(comparison, { a: "mlp", b: "simple-cnn" })).toEqual([-0.03, -0.02, -0.05]);
});

test.each([
  ["a missing round", { mlp: [0.1, 0.1, 0.1], "one-by-one": [0.1, 0.1] }, /^one-by-one has no run of seed 2: /],
  ["a missing architecture", { mlp: [0.1, 0.1, 0.1], "one-by-one": [] }, /^one-by-one has no run of seed 0: /],
  [
    "a round too many",
    { mlp: [0.1, 0.1, 0.1, 0.1], "one-by-one": [0.1, 0.1, 0.1] },
    /^mlp has a run of seed 3, .*0 to 2/,
  ],
])("%s is an error that names it", (_, errors, says) => {
  const compare = () => compareArchitectures(Object.keys(errors), syntheticRecords({ errors }), CONTEXT);
  expect(compare).toThrow(InvalidRequest);
  expect(compare).toThrow(says);
});

test("a round that is there twice is an error", () => {
  const records = syntheticRecords({ errors: THREE });
  expect(() => compareArchitectures(["mlp", "simple-cnn"], [...records, ...records], CONTEXT)).toThrow(
    /^mlp has more than one run of seed 0/,
  );
});

test("a comparison needs two different architectures", () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  expect(() => requireDifferent(named("mlp"))).toThrow(
    "only mlp is given: a comparison needs at least two architectures",
  );
  expect(() => requireDifferent(named("mlp", "one-by-one", "mlp"))).toThrow("mlp is named twice");
});

test("two names of one network with the same settings are refused", () => {
  const twins = ["weight-sharing-auxiliary", "trunk+sharing+auxiliary+batch-norm+dropout"];
  const records = syntheticRecords({ errors: Object.fromEntries(twins.map((name) => [name, [80, 81, 82]])) });
  expect(() => compareArchitectures(twins, records, CONTEXT)).toThrow(
    `${twins.join(" and ")} are the same network with the same settings: a comparison needs different ones`,
  );
});
