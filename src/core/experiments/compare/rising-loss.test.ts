import { expect, test } from "vitest";
import { around, type SyntheticRounds, syntheticRecords } from "../../../../test/support/comparison.js";
import { riseInWords, testRises } from "./rising-loss.js";

function rises(rounds: number, testLosses: SyntheticRounds["testLosses"], names = ["mlp"]) {
  const errors = Object.fromEntries(names.map((name) => [name, around(150, rounds)]));
  return testRises(names, syntheticRecords({ errors, ...(testLosses ? { testLosses } : {}) }), 0);
}

test("a rise in every round, by hand", () => {
  const [rise] = rises(6, (_, round) => [0.7, 0.5, 0.6 + round / 100]) ?? [];
  expect(rise).toMatchObject({ architecture: "mlp", lowest: 2, mean: 0.125, p: 2 / 64, pHolm: 2 / 64, exact: true });
  expect(rise?.from).toBeCloseTo(0.5, 12);
  expect(rise?.to).toBeCloseTo(0.625, 12);
  expect(riseInWords(rise as NonNullable<typeof rise>)).toMatch(
    /^MLP from 0\.50 after epoch 2 to 0\.63, by 0\.13 nats \[0\.1\d, 0\.1\d\], p = 0\.031$/,
  );
});

test("a round has no say in the epoch that it is measured from", () => {
  // Each round's loss is 0.4 after an epoch of its own, else 0.5; the last epoch is the fourth. The mean is 0.475 after the
  // first three and 0.5 at the end: a rise, if a round could choose its own lowest epoch. Round 0 is measured from epoch 2
  // (where round 1 is low), the others from epoch 1 (where round 0 is).
  const [rise] = rises(3, (_, round) => [0, 1, 2, 3].map((epoch) => (epoch === round ? 0.4 : 0.5))) ?? [];
  expect(rise).toMatchObject({ mean: 0, p: 1 });
});

test("a loss that is lowest at the end does not rise", () => {
  const [rise] = rises(6, () => [0.7, 0.6, 0.5]) ?? [];
  expect(rise).toMatchObject({ lowest: 3, mean: 0, p: 1 });
});

test("p is corrected over the architectures", () => {
  const found = rises(6, (name, round) => (name === "mlp" ? [0.5, 0.6 + round / 100] : [0.5, 0.4]), [
    "mlp",
    "simple-cnn",
  ]);
  expect(found?.map(({ p, pHolm }) => [p, pHolm])).toEqual([
    [2 / 64, 4 / 64],
    [1, 1],
  ]);
});

test("one round is measured and not tested", () => {
  const [rise] = rises(1, () => [0.7, 0.5, 0.6]) ?? [];
  expect(rise).toMatchObject({ mean: 0.1, ci95: null, pHolm: null });
  expect(riseInWords(rise as NonNullable<typeof rise>)).toBe("MLP from 0.50 after epoch 2 to 0.60, by 0.10 nats");
});

test("losses of only the last epoch cannot rise", () => {
  expect(rises(6, () => [0.5])).toBeUndefined();
});

test("an architecture that diverged in a round is not tested, and counts in the correction", () => {
  const errors = { mlp: around(150, 6).with(2, Number.NaN), "simple-cnn": around(150, 6) };
  const records = syntheticRecords({ errors, testLosses: (_, round) => [0.5, 0.6 + round / 100] });
  const [mlp, cnn] = testRises(["mlp", "simple-cnn"], records, 0) ?? [];
  expect(mlp).toMatchObject({ diverged: 1, sd: null, ci95: null, p: null, pHolm: null });
  // Without round 2: 0.6, 0.61, 0.63, 0.64 and 0.65 less 0.5.
  expect(mlp?.mean).toBeCloseTo(0.126, 12);
  expect(cnn?.pHolm).toBe(2 * (2 / 64));
  expect(riseInWords(mlp as NonNullable<typeof mlp>)).toBe("MLP diverged in a round");
});
