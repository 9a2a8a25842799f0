import { expect, test } from "vitest";
import { syntheticRecords } from "../../../../test/support/comparison.js";
import { asDiverged } from "../../../../test/support/diverged.js";
import { calibrationOver } from "./calibration.js";

const measured = (error: number, logLoss: number) => ({
  ...{ brierScore: error / 2, logLoss },
  expectedError: { error, byChance: 0.003 * logLoss },
});
const ROUNDS = [measured(0.04, 1), measured(0.06, 2), measured(0.05, 3)];
const errors = { mlp: [0.2, 0.2, 0.2] };
const runs = syntheticRecords({ errors, allTestPairs: errors, calibrations: { mlp: ROUNDS } });

test("is the mean over rounds, with its standard deviation and Student's interval", () => {
  // t(0.975, 2) = 4.302653.
  const half = (sd: number) => (4.302653 * sd) / Math.sqrt(3);
  const spread = (mean: number, sd: number) => ({
    ...{ mean: expect.closeTo(mean, 12), sd: expect.closeTo(sd, 12) },
    ci95: [expect.closeTo(Math.max(0, mean - half(sd)), 6), expect.closeTo(mean + half(sd), 6)],
  });
  expect(calibrationOver(runs)).toEqual({
    pairs: 5000,
    expectedError: spread(0.05, 0.01),
    byChance: expect.closeTo(0.006, 12),
    brierScore: spread(0.025, 0.005),
    logLoss: spread(2, 1),
  });
  expect(calibrationOver(runs)?.logLoss.ci95?.[0]).toBe(0);
});

test("with several tunings the mean and its interval are over their means, and the deviation over rounds", () => {
  const logLosses = [1, 2, 3, 3, 5, 7];
  const six = { mlp: Array(6).fill(0.2) };
  const tuned = syntheticRecords({
    errors: six,
    allTestPairs: six,
    calibrations: { mlp: logLosses.map((loss) => measured(0.05, loss)) },
  });
  // Tunings' means 1.5, 3 and 6: mean 3.5, deviation √5.25; t(0.975, 2) = 4.302653. The rounds' squares sum to 97, and 97 − 6 · 3.5² is 23.5.
  const half = (4.302653 * Math.sqrt(5.25)) / Math.sqrt(3);
  expect(calibrationOver(tuned, 3)?.logLoss).toEqual({
    mean: expect.closeTo(3.5, 12),
    sd: expect.closeTo(Math.sqrt(23.5 / 5), 12),
    ci95: [0, expect.closeTo(3.5 + half, 5)],
  });
  // Without the last round the third tuning has 5 alone.
  const lost = tuned.map((run, round) => (round === 5 ? asDiverged(run) : run));
  expect(calibrationOver(lost, 3)?.logLoss.mean).toBeCloseTo((1.5 + 3 + 5) / 3, 12);
  expect(calibrationOver(tuned, 2)?.logLoss.ci95).toBeNull();
});

test("is of the rounds that did not diverge, and of none where all did", () => {
  const [first, second, third] = runs;
  const some = [first, second].flatMap((run) => run ?? []);
  expect(calibrationOver([...some, asDiverged({ ...third, allTestPairs: undefined } as never)])).toEqual(
    calibrationOver(some),
  );
  expect(calibrationOver(runs.map((run) => asDiverged(run)))).toBeUndefined();
});

test("is not told where a round was not measured, or on other pairs", () => {
  const [first, second] = runs as [(typeof runs)[0], (typeof runs)[0]];
  const { calibration, ...unmeasured } = first.allTestPairs ?? { pairs: 0, testError: 0 };
  expect(calibrationOver([{ allTestPairs: unmeasured }, second])).toBeUndefined();
  expect(calibrationOver([second, {}])).toBeUndefined();
  const fewer = { ...unmeasured, pairs: 4999, ...(calibration && { calibration }) };
  expect(calibrationOver([second, { allTestPairs: fewer }])).toBeUndefined();
});
