import { LADDER } from "../../src/core/experiments/worth/ladder.js";
import { summarizeWorth } from "../../src/core/experiments/worth/worth.js";
import { makeJob, type RunRecord, type SettingOverrides, type Worth } from "../../src/core/index.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { asDiverged } from "./diverged.js";
import { uniform } from "./models.js";

const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;
const TEST_PAIRS = 5000;

/** Test error at 1,000 pairs, and how it falls with their number: a power of it. */
const LIKE_MEASURED: readonly (readonly [error: number, exponent: number])[] = [
  [0.187, 0.3],
  [0.17, 0.36],
  [0.145, 0.43],
  [0.076, 0.45],
  [0.026, 0.2],
];

/** Learning curves made up by arithmetic that look like real ones, with the conclusions from them. Nothing is trained. */
export function syntheticWorth({
  rounds = 3,
  seed = 0,
  sizes = [125, 250, 500, 1000, 2000, 4000, 8000],
  overrides = {},
  diverges = () => false,
}: {
  rounds?: number;
  seed?: number;
  sizes?: readonly number[];
  overrides?: SettingOverrides;
  /** Runs that are to have diverged. */
  diverges?: (record: RunRecord) => boolean;
} = {}): { worth: Worth; records: RunRecord[] } {
  const next = uniform(11);
  const records = LADDER.flatMap(({ architecture }, rung) =>
    sizes.flatMap((trainPairs) =>
      Array.from({ length: rounds }, (_, round): RunRecord => {
        const { id, config } = makeJob(architecture, seed + round, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, {
          ...overrides,
          trainPairs,
          testPairs: TEST_PAIRS,
          evaluate: "end",
        });
        const [error, exponent] = LIKE_MEASURED[rung] ?? [0.5, 0];
        const expected = Math.min(0.42, error * (1000 / trainPairs) ** exponent);
        const testError = Math.round(TEST_PAIRS * expected * (0.94 + 0.12 * next())) / TEST_PAIRS;
        const trainError = Math.round(0.004 * trainPairs * next()) / trainPairs;
        const record: RunRecord = {
          id,
          architecture,
          seed: seed + round,
          config,
          parameters: 10_000,
          trainError,
          testError,
          epochs: [
            {
              epoch: config.epochs,
              trainLoss: 0.01,
              testLoss: 2 * testError,
              trainAccuracy: 1 - trainError,
              testAccuracy: 1 - testError,
            },
          ],
          seconds: trainPairs / 1000,
          weightsSha256: id.repeat(4),
        };
        return diverges(record) ? asDiverged(record) : record;
      }),
    ),
  );
  const engine = { version: ENGINE.version, simd: ENGINE.simd, workers: 2 };
  const epochs = records[0]?.config.epochs ?? 0;
  const settings = {
    rounds,
    seed,
    sizes,
    epochs,
    testPairs: TEST_PAIRS,
    labelBits: { answer: 0.993, classes: 6.64 },
    dataset: DATASET,
    engine,
  };
  return { worth: summarizeWorth(LADDER, records, settings), records };
}
