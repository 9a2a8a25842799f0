import { fields, optional, within } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import { MOST_TUNINGS } from "../../limits.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import { type Apparatus, identityOf, jobsFor, requireClasses, validationPairsBeside } from "../shared/apparatus.js";
import type { Experiment, ExperimentStep, Steps } from "../shared/experiment.js";
import type { Preset } from "../shared/presets.js";
import { type PairQuestion, PRESET_OPTIONS, questionField, questionSettings } from "../shared/question.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { allRounds, type TuningSource, tuningSources } from "../shared/tunings.js";
import { type Ablation, summarizeAblation } from "./ablation.js";
import { cells } from "./factors.js";
import { MOST_CANDIDATES } from "./limits.js";
import { ablationSentences, tuningSentences } from "./sentences.js";
import { ablationCellsTable, ablationEffectsTable, ablationVarianceTables } from "./tables.js";
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
  /** That are reported, of each tuning. */
  readonly rounds?: number | undefined;
  /** Of the first round. */
  readonly seed: number;
  /** How often all networks are tuned, each time with rounds of their own; `rounds` are those of each tuning. */
  readonly tunings?: number | undefined;
  /** Settings that are tried for each network, in each tuning. */
  readonly candidates?: number | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly trainPairs?: number | undefined;
}

const PRESETS = {
  quick: { tunings: 1, rounds: 10, candidates: 8 },
  full: { tunings: 10, rounds: 3, candidates: 4 },
} as const;

const OPTIONS = fields(
  {
    tunings: optional(within({ least: 1, most: MOST_TUNINGS, whole: true })),
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
    const { seed } = options;
    const { rounds, tunings, candidates } = sizeOf(options);
    checkReportedSeeds(seed, rounds);
    const shared = settingsOf(options);
    return {
      *steps(apparatus) {
        requireClasses(apparatus, "ablate");
        const { seeds } = tuningBudget(candidates, seed, 1, tunings);
        // Where nothing is tuned they are said, but not drawn.
        const validationPairs = validationPairsBeside(shared, seeds.length > 0 ? seeds : [seed], apparatus);
        const budget = tuningBudget(candidates, seed, validationPairs, tunings);
        requireRounds({ rounds, seed }, shared, apparatus);
        const tuned: TunedCell[][] = [];
        for (const [i, source] of tuningSources(seed, tunings, budget.steps.length).entries()) {
          const which = tunings === 1 ? "tuning" : `tuning ${i + 1} of ${tunings}`;
          tuned.push(yield* tune(which, budget, source, shared, apparatus));
        }
        const records = yield measuring(tuned, { rounds, seed }, shared, apparatus);
        const result = summarizeAblation(tuned, records, budget, {
          ...{ rounds, seed, ...(tunings > 1 && { tunings }), ...questionField(records) },
          ...identityOf(apparatus),
        });
        return { result, records };
      },
    };
  },
  summary: ({ result }) => [
    ...[ablationEffectsTable(result), ...ablationVarianceTables(result), ablationCellsTable(result)].map(tableBlock),
    sentencesBlock([...ablationSentences(result), ...tuningSentences(result)]),
  ],
};

/** What is asked for: the options, and the preset where they are silent. Where nothing is tuned, all rounds have the same settings. */
function sizeOf({ preset: name = "quick", ...options }: AblateOptions) {
  const preset = PRESETS[name];
  const { candidates = preset.candidates } = options;
  if (candidates === 1 && options.tunings !== undefined && options.tunings > 1)
    throw new InvalidRequest(
      `--tunings ${options.tunings} with --candidates 1: one candidate is no choice, so nothing is tuned; give --candidates 2 or more`,
    );
  const usual = candidates === 1 ? { tunings: 1, rounds: preset.tunings * preset.rounds } : preset;
  const { tunings = usual.tunings, rounds = usual.rounds } = options;
  return { rounds: allRounds(rounds, tunings), tunings, candidates };
}

/** Gives the candidates of every cell one round after the other until one of each is left. @param which  tuning it is */
function* tune(
  which: string,
  budget: TuningBudget,
  { seed, seeds }: TuningSource,
  shared: SettingOverrides,
  apparatus: Apparatus,
): Steps<TunedCell[]> {
  const { steps, validationPairs } = budget;
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
      purpose: `${which}, step ${step + 1} of ${steps.length}, ${candidates} candidates of each of ${cells.length} networks`,
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

/** Every cell in every round, with the settings that the round's tuning chose. */
function measuring(
  tuned: readonly (readonly TunedCell[])[],
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  shared: SettingOverrides,
  apparatus: Apparatus,
): ExperimentStep {
  const each = rounds / tuned.length;
  const runs = Array.from({ length: rounds }, (_, round) =>
    (tuned[Math.floor(round / each)] as readonly TunedCell[]).map((cell) => ({
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
