import { summarizeReproduction } from "../../src/core/experiments/reproduce/reproduction.js";
import { sharedSettings } from "../../src/core/experiments/shared/shared-settings.js";
import { makeJob, type Reproduction, type RunRecord, type SettingOverrides } from "../../src/core/index.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { asDiverged } from "./diverged.js";

const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

/** Errors in units of 1/1,000 around which a synthetic architecture's rounds lie. */
const LIKE_PYTORCH = {
  mlp: { train: 3, test: 189 },
  "simple-cnn": { train: 5, test: 192 },
  "weight-sharing": { train: 6, test: 144 },
  "weight-sharing-auxiliary": { train: 2, test: 84 },
  "one-by-one": { train: 1, test: 27 },
};

export type SyntheticErrors = Readonly<Record<string, { readonly train: number; readonly test: number }>>;

/** A reproduction whose numbers are made up by arithmetic, and look like real ones. Nothing is trained. */
export function syntheticReproduction({
  rounds = 3,
  seed = 0,
  errors = LIKE_PYTORCH,
  overrides = {},
  diverges = () => false,
}: {
  rounds?: number;
  seed?: number;
  errors?: SyntheticErrors;
  overrides?: SettingOverrides;
  /** Runs that are to have diverged. */
  diverges?: (record: RunRecord) => boolean;
} = {}): { reproduction: Reproduction; records: RunRecord[] } {
  const names = Object.keys(errors);
  const shared = sharedSettings(names, overrides);
  const records = Object.entries(errors).flatMap(([name, { train, test }], at) =>
    Array.from({ length: rounds }, (_, round): RunRecord => {
      const { id, config } = makeJob(name, seed + round, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, shared[at]);
      // −1, 0, 1, −1, …: rounds differ by a tenth of the error.
      const shift = (round % 3) - 1;
      const [trainError, testError] = [train, test].map((error) => Math.round(error * (1 + shift / 10)) / 1000);
      const epochs = Array.from({ length: config.epochs }, (_, i) => ({
        epoch: i + 1,
        trainLoss: 0.7 / (i + 1) + 0.02 * shift,
        testLoss: 0.5 + 0.02 * i + 0.05 * shift,
        trainAccuracy: 1 - (trainError ?? 0) - 0.4 / (i + 1) ** 2,
        testAccuracy: 1 - (testError ?? 0) - 0.3 / (i + 1) ** 2,
      }));
      const record: RunRecord = {
        id,
        architecture: name,
        seed: seed + round,
        config,
        parameters: PARAMETERS[name] ?? 0,
        trainError: trainError ?? 0,
        testError: testError ?? 0,
        epochs,
        seconds: 4 + round / 4,
        weightsSha256: id.repeat(4),
      };
      return diverges(record) ? asDiverged(record) : record;
    }),
  );
  const engine = { version: ENGINE.version, simd: ENGINE.simd, workers: 2 };
  return {
    reproduction: summarizeReproduction(names, records, { rounds, seed, dataset: DATASET, engine }),
    records,
  };
}

export const PARAMETERS: Readonly<Record<string, number>> = {
  mlp: 89_712,
  "simple-cnn": 76_386,
  "weight-sharing": 75_202,
  "weight-sharing-auxiliary": 88_268,
  "one-by-one": 43_274,
};
