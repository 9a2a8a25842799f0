import { expect, test } from "vitest";
import { around, syntheticComparison, syntheticRecords } from "../../../test/support/comparison.js";
import { InvalidRequest } from "../errors.js";
import { compareArchitectures, requireDifferent, roundDifferences } from "./comparison.js";

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
  expect(differences.map(({ probabilityOfSuperiority: { value } }) => value)).toEqual([1, 2 / 3, 0]);
});

test("with a baseline the others are compared with it alone, and p is corrected for those comparisons", () => {
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
    samplingSd: expect.closeTo(Math.sqrt(0.108 * 0.892 * 5000) / 5000, 15),
  });
  expect(mlp?.runs.map(({ testError, allTestPairsError }) => [testError, allTestPairsError])).toEqual([
    [0.1, 0.1],
    [0.12, 0.11],
    [0.11, 0.114],
  ]);
  expect(cnn?.allTestPairs?.testError.ci95?.[0]).toBeGreaterThanOrEqual(0.14);
  // A round is not measured: no mean over rounds.
  expect(sharing).not.toHaveProperty("allTestPairs");
});

test("signs that disagree: 10 of 64 assignments are as far", () => {
  // 0.03, 0.02, 0.01, 0.01, 0.01, −0.01 sum to 7 of at most 9; as far are those that turn nothing or one of the four
  // smallest (1 + 4), and their opposites.
  const errors = { mlp: [0.13, 0.12, 0.11, 0.11, 0.11, 0.1], "one-by-one": [0.1, 0.1, 0.1, 0.1, 0.1, 0.11] };
  const [difference] = syntheticComparison({ errors }).comparison.differences;
  expect(difference).toMatchObject({ p: 10 / 64, pHolm: 10 / 64, exact: true });
  expect(difference?.probabilityOfSuperiority.value).toBeCloseTo(1 / 6, 12);
  // Squared deviations from 7/6 sum to 17 − 49/6, so that sd is 0.013292, and
  // ((1.95996 + 0.84162) · 0.013292 / 0.011667)² + 1.95996² / 2 = 12.11.
  expect(difference?.rounds).toBe(13);
});

test("the interval is of the rounds' differences: what both share cancels", () => {
  const hard = around(150, 12);
  const errors = { mlp: hard, "one-by-one": hard.map((error) => error - 0.02) };
  const [difference] = syntheticComparison({ errors }).comparison.differences;
  expect(difference).toMatchObject({
    mean: 0.02,
    ci95: [expect.closeTo(0.02, 12), expect.closeTo(0.02, 12)],
    p: 2 / 2 ** 12,
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
  expect(() => requireDifferent(named("mlp"))).toThrow("mlp alone: a comparison needs at least two architectures");
  expect(() => requireDifferent(named("mlp", "one-by-one", "mlp"))).toThrow("mlp is named twice");
});

test("two names of one network with the same settings are no comparison", () => {
  const twins = ["weight-sharing-auxiliary", "trunk+sharing+auxiliary+batch-norm+dropout"];
  const records = syntheticRecords({ errors: Object.fromEntries(twins.map((name) => [name, [80, 81, 82]])) });
  expect(() => compareArchitectures(twins, records, CONTEXT)).toThrow(
    `${twins.join(" and ")} are one network with the same settings: a comparison is one of different ones`,
  );
});
