import {
  chosenTrial,
  parseSpace,
  search,
  searchPlan,
  summarizeTuning,
  type Trial,
  type Tuning,
  trialOverrides,
} from "../../src/core/experiments/tune/index.js";
import { findArchitecture, makeJob, type RunRecord, type SettingOverrides } from "../../src/core/index.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { asDiverged } from "./diverged.js";

const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

/** In units of 1/1,000: least at a learning rate of 0.0015 and dropout of 0.3, and high where training diverges. */
const LIKELY = ({ learningRate = 0.003, dropout = 0.5 }: SettingOverrides): number =>
  learningRate > 0.02 ? 300 : 68 + 2500 * Math.abs(learningRate - 0.0015) + 60 * Math.abs(dropout - 0.3);

/** A tuning whose numbers are made up by arithmetic. Nothing is trained. */
export function syntheticTuning({
  architecture = "weight-sharing-auxiliary",
  trials = 24,
  rounds = 6,
  seed = 0,
  over = "learning-rate,batch-size,dropout,auxiliary-weight",
  error = LIKELY,
  diverges = () => false,
}: {
  architecture?: string;
  trials?: number;
  rounds?: number;
  seed?: number;
  over?: string;
  error?: (settings: SettingOverrides) => number;
  /** Runs that are to have diverged. */
  diverges?: (record: RunRecord) => boolean;
} = {}): { tuning: Tuning; records: RunRecord[] } {
  const network = { architecture: findArchitecture(architecture), fixed: {} };
  const space = parseSpace(over, network);
  const plan = searchPlan(trials, rounds, seed);
  const errorOf = (settings: SettingOverrides, round: number, run: number) =>
    Math.round(error(settings) + 3 * ((round % 3) - 1) + (((7 * run + 5 * round) % 11) - 5) / 2) / 1000;
  const loop = search(space, network, plan, seed);
  let step = loop.next([]);
  while (!step.done)
    step = loop.next(
      step.value.map(({ settings, round, trial }) => errorOf(trialOverrides(network, settings), round, trial)),
    );
  const tried = step.value;
  const runs = ({ settings }: Trial, which: number) =>
    Array.from({ length: rounds }, (_, round): RunRecord => {
      const shared = { evaluate: "end", evaluateOn: "validation", testPairs: 4000 } as const;
      const overrides = { ...shared, ...trialOverrides(network, settings) };
      const { id, config } = makeJob(
        architecture,
        seed + 60_000 + round,
        { ...DATASET, shape: DIGIT_PAIRS },
        ENGINE,
        overrides,
      );
      const testError = errorOf(trialOverrides(network, settings), round, which);
      const record: RunRecord = {
        id,
        architecture,
        seed: seed + 60_000 + round,
        config,
        parameters: 88_268,
        trainError: 0.001,
        testError,
        epochs: [
          { epoch: config.epochs, trainLoss: 0.01, testLoss: 0.5, trainAccuracy: 0.999, testAccuracy: 1 - testError },
        ],
        seconds: 2,
        weightsSha256: id.repeat(4),
      };
      return diverges(record) ? asDiverged(record) : record;
    });
  const chosen = chosenTrial(tried);
  const records = runs(tried[chosen] as Trial, 1);
  const check = chosen === 0 ? undefined : { chosen: records, own: runs(tried[0] as Trial, 2) };
  const engine = { version: ENGINE.version, simd: ENGINE.simd, workers: 2 };
  const context = { rounds, seed, dataset: DATASET, engine, fixed: {}, plan, validationPairs: 4000 };
  return { tuning: summarizeTuning({ architecture, space, trials: tried }, check, context), records };
}
