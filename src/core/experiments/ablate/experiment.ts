import { fields, optional, within } from "../../checks.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import { type Apparatus, identityOf, jobsFor, requireClasses, validationPairsBeside } from "../shared/apparatus.js";
import type { Experiment, ExperimentStep, Steps } from "../shared/experiment.js";
import type { Preset } from "../shared/presets.js";
import { type PairQuestion, PRESET_OPTIONS, questionField, questionSettings } from "../shared/question.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { type Ablation, summarizeAblation } from "./ablation.js";
import { cells } from "./factors.js";
import { MOST_CANDIDATES } from "./limits.js";
import { ablationSentences, tuningSentences } from "./sentences.js";
import { ablationCellsTable, ablationEffectsTable } from "./tables.js";
import {
  candidateRuns,
  chosenSettings,
  startTuning,
  type TunedCell,
  type TuningBudget,
  tuningBudget,
  withErrors,
} from "./tuning.js";

/** An option that is missing comes from the preset, or from each network. */
export interface AblateOptions extends PairQuestion {
  /** Default: quick. */
  readonly preset?: Preset | undefined;
  readonly rounds?: number | undefined;
  /** Of the first round. */
  readonly seed: number;
  /** Settings that are tried for each network. */
  readonly candidates?: number | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly trainPairs?: number | undefined;
}

const PRESETS = { quick: { rounds: 10, candidates: 8 }, full: { rounds: 30, candidates: 16 } } as const;

const OPTIONS = fields(
  {
    candidates: optional(within({ least: 1, most: MOST_CANDIDATES, whole: true })),
    trainPairs: optional(within(SETTING_LIMITS.trainPairs)),
    ...PRESET_OPTIONS,
  },
  "option",
);

/** Every combination of hints, tuned on validation pairs, then measured in the same rounds. */
export const ablate: Experiment<AblateOptions, Ablation> = {
  name: "ablate",
  plan(options) {
    OPTIONS(options, "");
    const preset = PRESETS[options.preset ?? "quick"];
    const { rounds = preset.rounds, candidates = preset.candidates, seed } = options;
    checkReportedSeeds(seed, rounds);
    const shared = settingsOf(options);
    return {
      *steps(apparatus) {
        requireClasses(apparatus, "ablate");
        const { seeds } = tuningBudget(candidates, seed, 1);
        // Where nothing is tuned they are said, but not drawn.
        const validationPairs = validationPairsBeside(shared, seeds.length > 0 ? seeds : [seed], apparatus);
        const budget = tuningBudget(candidates, seed, validationPairs);
        requireRounds({ rounds, seed }, shared, apparatus);
        const tuned = yield* tune(budget, seed, shared, apparatus);
        const records = yield measuring(tuned, { rounds, seed }, shared, apparatus);
        const result = summarizeAblation(tuned, records, budget, {
          ...{ rounds, seed, ...questionField(records) },
          ...identityOf(apparatus),
        });
        return { result, records };
      },
    };
  },
  summary: ({ result }) => [
    ...[ablationEffectsTable(result), ablationCellsTable(result)].map(tableBlock),
    sentencesBlock([...ablationSentences(result), ...tuningSentences(result)]),
  ],
};

/** Gives the candidates of every cell one round after the other until one of each is left. */
function* tune(budget: TuningBudget, seed: number, shared: SettingOverrides, apparatus: Apparatus): Steps<TunedCell[]> {
  const { steps, seeds, validationPairs } = budget;
  const onValidation = { ...shared, evaluateOn: "validation", testPairs: validationPairs } as const;
  let tuned = startTuning(budget, seed);
  for (const [step, candidates] of steps.entries()) {
    const runs = candidateRuns(tuned).map(({ architecture, settings }) => ({
      architecture,
      seed: seeds[step] as number,
      overrides: { ...onValidation, ...settings },
    }));
    const records = yield {
      jobs: jobsFor(apparatus, runs),
      purpose: `tuning, step ${step + 1} of ${steps.length}, ${candidates} candidates of each of ${cells.length} networks`,
    };
    tuned = withErrors(
      tuned,
      records.map(({ testError }) => testError),
    );
  }
  return tuned;
}

/** Sees before hours of tuning that there are the pairs that cells are measured on. @throws InvalidRequest where there are not */
function requireRounds(
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  shared: SettingOverrides,
  apparatus: Apparatus,
): void {
  const [{ name: architecture }] = cells as [(typeof cells)[number]];
  const runs = Array.from({ length: rounds }, (_, round) => ({ architecture, seed: seed + round, overrides: shared }));
  jobsFor(apparatus, runs);
}

/** Every cell with its chosen settings in every round. */
function measuring(
  tuned: readonly TunedCell[],
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  shared: SettingOverrides,
  apparatus: Apparatus,
): ExperimentStep {
  const runs = Array.from({ length: rounds }, (_, round) =>
    tuned.map((cell) => ({
      architecture: cell.name,
      seed: seed + round,
      overrides: { ...shared, ...chosenSettings(cell) },
    })),
  );
  return {
    jobs: jobsFor(apparatus, runs.flat()),
    onAllTestPairs: true,
    purpose: `measuring ${cells.length} networks in ${rounds === 1 ? "1 round" : `${rounds} rounds`}`,
  };
}

function settingsOf({ epochs, batchSize, trainPairs, ...question }: AblateOptions): SettingOverrides {
  const given = Object.entries({ epochs, batchSize, trainPairs }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...questionSettings(question), evaluate: "end" };
}
