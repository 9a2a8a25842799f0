import { expect, test } from "vitest";
import { normal, shareOf } from "../../../../bench/simulated-rounds.js";
import { around, type SyntheticRounds, syntheticRecords } from "../../../../test/support/comparison.js";
import { uniform } from "../../../../test/support/models.js";
import { signFlipMax } from "../../statistics/index.js";
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
    /^MLP from 0\.50 after epoch 2 to 0\.63, by 0\.13 nats, p = 0\.031$/,
  );
});

test("the test allows for the choice of the epoch, by hand", () => {
  // Three rounds, two earlier epochs; the last loss is 0.5 throughout. Rises from the first: 3, 3, 3; from the second: −3, 1, 3,
  // in tenths. Statistics by the signs of the rounds, first and second: +++ 9/√27 and 1/√19. Only with all signs alike is one of
  // the two at least 9/√27 = 1.73; of the second −++ has 7/√19 = 1.61. So 1 of 8, doubled.
  const [rise] = rises(3, (_, round) => [0.2, [0.8, 0.4, 0.2][round] as number, 0.5]) ?? [];
  expect(rise).toMatchObject({ lowest: 1, mean: 0.3, p: 2 / 8 });
  // With 2, 3, 4 from the first, +++ has 9/√29 = 1.671; and −4, 3, 3 from the second, whose −++ has 10/√34 = 1.715: 2 of 8.
  const [other] =
    rises(3, (_, round) => [[0.3, 0.2, 0.1][round] as number, [0.9, 0.2, 0.2][round] as number, 0.5]) ?? [];
  expect(other).toMatchObject({ lowest: 1, p: 4 / 8 });
});

test.each([10, 30])(
  "flat losses are found to rise in at most 3.5%% of experiments of %i rounds: 2.5%% are allowed",
  (n) => {
    const next = uniform(n);
    const experiments = 600;
    const found = shareOf(experiments, (seed) => {
      const losses = Array.from({ length: n }, () => Array.from({ length: 12 }, () => 0.5 + 0.02 * normal(next)));
      return (
        signFlipMax(
          Array.from({ length: 11 }, (_, epoch) => losses.map((own) => (own[11] as number) - (own[epoch] as number))),
          seed,
          { flips: 199 },
        ).p <= 0.025
      );
    });
    expect(found).toBeLessThan(0.025 + 2.5 * Math.sqrt((0.025 * 0.975) / experiments));
  },
);

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
  expect(rise).toMatchObject({ mean: 0.1, p: null, pHolm: null });
  expect(riseInWords(rise as NonNullable<typeof rise>)).toBe("MLP from 0.50 after epoch 2 to 0.60, by 0.10 nats");
});

test("losses of only the last epoch cannot rise", () => {
  expect(rises(6, () => [0.5])).toBeUndefined();
});

test("an architecture that diverged in a round is not tested, and counts in the correction", () => {
  const errors = { mlp: around(150, 6).with(2, Number.NaN), "simple-cnn": around(150, 6) };
  const records = syntheticRecords({ errors, testLosses: (_, round) => [0.5, 0.6 + round / 100] });
  const [mlp, cnn] = testRises(["mlp", "simple-cnn"], records, 0) ?? [];
  expect(mlp).toMatchObject({ diverged: 1, sd: null, p: null, pHolm: null });
  // Without round 2: 0.6, 0.61, 0.63, 0.64 and 0.65 less 0.5.
  expect(mlp?.mean).toBeCloseTo(0.126, 12);
  expect(cnn?.pHolm).toBe(2 * (2 / 64));
  expect(riseInWords(mlp as NonNullable<typeof mlp>)).toBe("MLP diverged in a round");
});
