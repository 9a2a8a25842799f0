import { describe, expect, it } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import type { RunRecord } from "../../training/index.js";
import { type ReproducedArchitecture, summarizeReproduction } from "./reproduction.js";

const { reproduction } = syntheticReproduction();
const { dataset, engine } = reproduction;

/** What is concluded from one architecture's rounds, each made of a synthetic one by a change. */
function conclude(name: string, changes: readonly Partial<RunRecord>[], seed = 0): ReproducedArchitecture {
  const errors = { [name]: { train: 10, test: 200 } };
  const { records } = syntheticReproduction({ rounds: changes.length, seed, errors });
  const changed = records.map((record, round) => ({ ...record, ...changes[round] }));
  const summary = summarizeReproduction([name], changed, { rounds: changes.length, seed, dataset, engine });
  return summary.architectures[0] as ReproducedArchitecture;
}

describe("the spread", () => {
  it("of several rounds has their mean, standard deviation and Student's interval", () => {
    const { testError, trainError } = conclude("mlp", [
      { testError: 0.18, trainError: 0 },
      { testError: 0.2, trainError: 0 },
      { testError: 0.19, trainError: 0 },
    ]);
    expect(testError.mean).toBeCloseTo(0.19, 14);
    expect(testError.sd).toBeCloseTo(0.01, 14);
    const [low, high] = testError.ci95 ?? [Number.NaN, Number.NaN];
    // 0.19 ± t(0.975, 2) · 0.01 / √3, t = 4.302653.
    expect(low).toBeCloseTo(0.19 - 0.0248414, 6);
    expect(high).toBeCloseTo(0.19 + 0.0248414, 6);
    // No error in 3,000 pairs: Wilson's interval, z² / (n + z²) with z = 1.959964.
    expect(trainError).toEqual({ mean: 0, sd: 0, ci95: [0, expect.closeTo(3.841459 / 3003.841459, 9)] });
  });

  it("of a single round is absent, in the curves too", () => {
    const { testError, trainError, curves } = conclude("mlp", [{ testError: 0.2, trainError: 0.004 }]);
    expect(testError).toEqual({ mean: 0.2, sd: null, ci95: null });
    expect(trainError).toEqual({ mean: 0.004, sd: null, ci95: null });
    expect(curves.testLoss.sd).toEqual(new Array(25).fill(null));
  });
});

it("runs stand in the order of their seeds, and only those of the architecture", () => {
  const { records } = syntheticReproduction({ rounds: 4, seed: 7 });
  const names = ["one-by-one", "mlp"];
  const shuffled = records.toSorted((a, b) => a.weightsSha256.localeCompare(b.weightsSha256));
  const summary = summarizeReproduction(names, shuffled, { rounds: 4, seed: 7, dataset, engine });
  expect(summary.architectures.map(({ name }) => name)).toEqual(names);
  for (const { name, runs } of summary.architectures) {
    const own = records.filter(({ architecture }) => architecture === name);
    expect(runs.map(({ seed }) => seed)).toEqual([7, 8, 9, 10]);
    expect(runs.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  }
});

it("curves have the mean and the standard deviation of each epoch over the rounds", () => {
  const epoch = (number: number, loss: number, accuracy: number) => ({
    epoch: number,
    trainLoss: loss,
    testLoss: 2 * loss,
    trainAccuracy: accuracy,
    testAccuracy: accuracy / 2,
  });
  const { curves } = conclude("mlp", [
    { epochs: [epoch(2, 0.5, 0.5), epoch(4, 0.25, 1)] },
    { epochs: [epoch(2, 1.5, 0.75), epoch(4, 0.25, 1)] },
  ]);
  // Of two values.
  const apart = (distance: number) => expect.closeTo(distance / Math.SQRT2, 12);
  expect(curves).toEqual({
    epoch: [2, 4],
    trainLoss: { mean: [1, 0.25], sd: [apart(1), 0] },
    testLoss: { mean: [2, 0.5], sd: [apart(2), 0] },
    trainAccuracy: { mean: [0.625, 1], sd: [apart(0.25), 0] },
    testAccuracy: { mean: [0.3125, 0.5], sd: [apart(0.125), 0] },
  });
});

it("the time of a run is the median, which one slow run does not move", () => {
  const rounds = [4, 5, 400].map((seconds) => ({ seconds }));
  expect(conclude("mlp", rounds).secondsPerRun).toEqual({ median: 5, least: 4, greatest: 400, clock: "wall" });
});

it("the time is the processor's where every run of every network has it", () => {
  const own = (...times: (number | undefined)[]) =>
    times.map((processorSeconds) => ({ seconds: 90, processorSeconds }));
  const known = own(3, 4, 8) as Partial<RunRecord>[];
  expect(conclude("mlp", known).secondsPerRun).toEqual({ median: 4, least: 3, greatest: 8, clock: "processor" });
  const mixed = own(3, undefined, 8) as Partial<RunRecord>[];
  expect(conclude("mlp", mixed).secondsPerRun).toEqual({ median: 90, least: 90, greatest: 90, clock: "wall" });
  const { records } = syntheticReproduction({
    rounds: 1,
    errors: { mlp: { train: 1, test: 2 }, "one-by-one": { train: 1, test: 2 } },
  });
  const one = records.map((record) => ({ ...record, ...(record.architecture === "mlp" && { processorSeconds: 1 }) }));
  const { architectures } = summarizeReproduction(["mlp", "one-by-one"], one, { rounds: 1, seed: 0, dataset, engine });
  expect(architectures.map(({ secondsPerRun }) => secondsPerRun.clock)).toEqual(["wall", "wall"]);
});

it("with yardsticks, times are those of the machine that is the median", () => {
  // The same run on three machines, of which one takes half as long and one four times as long as the median for everything.
  const rounds = [1, 2, 8].map((seconds) => ({
    seconds: 90,
    processorSeconds: seconds,
    yardstickSeconds: seconds / 1000,
  }));
  expect(conclude("mlp", rounds).secondsPerRun).toEqual({ median: 2, least: 2, greatest: 2, clock: "yardstick" });
  const [first, ...others] = rounds as [Partial<RunRecord>, ...Partial<RunRecord>[]];
  const { yardstickSeconds: _, ...without } = first;
  expect(conclude("mlp", [without, ...others]).secondsPerRun).toMatchObject({
    median: 2,
    greatest: 8,
    clock: "processor",
  });
});

it("an architecture without runs is refused", () => {
  expect(() => summarizeReproduction(["mlp"], [], { rounds: 1, seed: 0, dataset, engine })).toThrow(
    "mlp has no run of seed 0: an experiment needs one run of each architecture in each round, and there are 1",
  );
});
