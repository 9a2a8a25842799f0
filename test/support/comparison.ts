import { drawPairs } from "../../src/core/data/pools.js";
import { type ArchitectureComparison, compareArchitectures } from "../../src/core/experiments/compare/comparison.js";
import type { MeasuredRun } from "../../src/core/experiments/shared/all-test-pairs.js";
import { type Calibration, makeJob, type SettingOverrides } from "../../src/core/index.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { asDiverged } from "./diverged.js";
import { PARAMETERS } from "./reproduction.js";

const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

export interface SyntheticRounds {
  /** Test errors of each architecture, of one round after the other; NaN where it diverged. */
  readonly errors: Readonly<Record<string, readonly number[]>>;
  /** Errors on all 5,000 disjoint pairs of the test images, in the same order. */
  readonly allTestPairs?: Readonly<Record<string, readonly number[]>>;
  /** Whether it is known which of all test pairs are decided wrong, and which images they are of. */
  readonly verdicts?: boolean;
  /** What each network's probabilities are worth on all 5,000 pairs, of one round after the other. */
  readonly calibrations?: Readonly<Record<string, readonly Calibration[]>>;
  readonly seed?: number;
  readonly overrides?: SettingOverrides;
  readonly parameters?: Readonly<Record<string, number>>;
  /** Test losses after each epoch of a round. */
  readonly testLosses?: (architecture: string, round: number) => readonly number[];
}

/** Records of runs that were never trained, with the errors and losses given. */
export function syntheticRecords({
  errors,
  allTestPairs = {},
  verdicts = false,
  calibrations = {},
  seed = 0,
  overrides = {},
  parameters = {},
  testLosses = () => [0.6, 0.5, 0.7],
}: SyntheticRounds): MeasuredRun[] {
  return Object.entries(errors).flatMap(([name, values]) =>
    values.map((testError, round) => {
      const { id, config } = makeJob(name, seed + round, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, overrides);
      const epochs = testLosses(name, round).map((testLoss, i) => ({
        epoch: i + 1,
        trainLoss: 0.1,
        testLoss,
        trainAccuracy: 1,
        testAccuracy: 1 - testError,
      }));
      const measured = allTestPairs[name]?.[round];
      const calibration = calibrations[name]?.[round];
      const record = {
        id,
        architecture: name,
        seed: seed + round,
        config,
        parameters: parameters[name] ?? PARAMETERS[name] ?? 0,
        trainError: 0,
        testError,
        epochs,
        seconds: 4,
        weightsSha256: id.repeat(4),
        ...(measured !== undefined && {
          allTestPairs: {
            ...{ pairs: 5000, testError: measured },
            ...(verdicts && { wrong: firstWrong(5000 * measured) }),
            ...(calibration && { calibration }),
          },
        }),
        ...(verdicts && { drawn: drawnIn(seed + round) }),
      };
      return Number.isNaN(testError) ? asDiverged(record) : record;
    }),
  );
}

/** The verdicts of a network that decides the first of all test pairs wrong. */
function firstWrong(errors: number): Uint8Array {
  const wrong = new Uint8Array(625);
  for (let pair = 0; pair < Math.round(errors); pair++)
    wrong[pair >> 3] = (wrong[pair >> 3] as number) | (1 << (pair % 8));
  return wrong;
}

/** MNIST's images in the test pairs and the training pairs of a round. */
const drawnIn = (seed: number) => ({
  of: "images" as const,
  tested: drawPairs("test", seed, 10_000, { testPairs: 5000 }),
  trained: drawPairs("training", seed, 60_000),
});

/** A comparison of runs that were never trained, in the order of their errors. */
export function syntheticComparison(rounds: SyntheticRounds): {
  readonly comparison: ArchitectureComparison;
  readonly records: MeasuredRun[];
} {
  const records = syntheticRecords(rounds);
  const names = Object.keys(rounds.errors);
  const comparison = compareArchitectures(names, records, {
    rounds: rounds.errors[names[0] ?? ""]?.length ?? 0,
    seed: rounds.seed ?? 0,
    dataset: DATASET,
    engine: { version: ENGINE.version, simd: ENGINE.simd, workers: 2 },
  });
  return { comparison, records };
}

/** Errors around a middle, in parts of 1,000 pairs: they scatter by up to 10 to each side, differently for each `phase` to 4. */
export const around = (middle: number, rounds: number, phase = 0): number[] =>
  Array.from({ length: rounds }, (_, round) => (middle + ((round * (STEPS[phase] ?? 1) + phase) % 21) - 10) / 1000);

/** They share no factor with 21. */
const STEPS = [8, 10, 11, 13, 16];
