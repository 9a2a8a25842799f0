import { summarizeAblation } from "../../src/core/experiments/ablate/ablation.js";
import { cells } from "../../src/core/experiments/ablate/factors.js";
import type { FactorSettings } from "../../src/core/experiments/ablate/index.js";
import {
  candidateRuns,
  chosenSettings,
  startTuning,
  type TunedCell,
  tuningBudget,
  withErrors,
} from "../../src/core/experiments/ablate/tuning.js";
import { tuningSources } from "../../src/core/experiments/shared/tunings.js";
import { type Ablation, makeJob, type RunRecord } from "../../src/core/index.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { asDiverged } from "./diverged.js";

const DATASET = { name: "MNIST", sha256: "5e".repeat(32) };
const ENGINE = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;

/** In units of 1/1,000, like those of real runs: sharing brings more beside the auxiliary loss, dropout nothing. */
const LIKELY = ({ sharing, auxiliary, "batch-norm": batchNorm, rule }: FactorSettings): number =>
  200 -
  (sharing ? 20 : 0) -
  (auxiliary ? 70 : 0) -
  (batchNorm ? 6 : 0) -
  (rule ? 60 : 0) -
  (sharing && auxiliary ? 15 : 0);

/** An ablation whose numbers are made up by arithmetic. Nothing is trained. */
export function syntheticAblation({
  rounds = 12,
  tunings = 1,
  candidates = 4,
  seed = 0,
  error = LIKELY,
  diverges = () => false,
}: {
  /** Of all tunings together. */
  rounds?: number;
  tunings?: number;
  candidates?: number;
  seed?: number;
  /** A network's test error in units of 1/1,000; rounds lie around it. */
  error?: (factors: FactorSettings) => number;
  /** Runs that are to have diverged. */
  diverges?: (record: RunRecord) => boolean;
} = {}): { ablation: Ablation; records: RunRecord[] } {
  const budget = tuningBudget(candidates, seed, 4000, tunings);
  const tuned = tuningSources(seed, tunings, budget.steps.length).map((source) => {
    let cells = startTuning(budget, source.seed);
    for (const step of source.seeds)
      cells = withErrors(
        cells,
        // Best a little above the networks' own learning rate, in thousandths.
        candidateRuns(cells).map(
          ({ settings }) =>
            Math.round(100 + 10_000 * Math.abs(settings.learningRate - 0.004)) / 1000 + (step % 2) / 1000,
        ),
      );
    return cells;
  });
  const records = cells.flatMap((_, i) =>
    Array.from({ length: rounds }, (_, round): RunRecord => {
      const cell = tuned[Math.floor((round * tunings) / rounds)]?.[i] as TunedCell;
      const { id, config } = makeJob(cell.name, seed + round, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, {
        ...chosenSettings(cell),
        evaluate: "end",
      });
      // Each round moves all networks alike, and each a little by itself.
      const shift = 3 * ((round % 3) - 1) + ((7 * i + 5 * round) % 11) - 5;
      const testError = Math.round(error(cell.factors) + shift) / 1000;
      const record: RunRecord = {
        id,
        architecture: cell.name,
        seed: seed + round,
        config,
        parameters: cell.factors.sharing ? 88_268 : 131_350,
        trainError: 0.001,
        testError,
        epochs: [
          { epoch: config.epochs, trainLoss: 0.01, testLoss: 0.5, trainAccuracy: 0.999, testAccuracy: 1 - testError },
        ],
        seconds: 2,
        weightsSha256: id.repeat(4),
      };
      return diverges(record) ? asDiverged(record) : record;
    }),
  );
  const engine = { version: ENGINE.version, simd: ENGINE.simd, workers: 2 };
  return {
    ablation: summarizeAblation(tuned, records, budget, {
      ...{ rounds, seed, ...(tunings > 1 && { tunings }), dataset: DATASET, engine },
    }),
    records,
  };
}
