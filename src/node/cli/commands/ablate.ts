import { DEFAULT_PAIRS } from "../../../core/data/index.js";
import {
  type Ablation,
  ablationCellsTable,
  ablationEffectsTable,
  ablationSentences,
  afterTrials,
  cells,
  chosenSettings,
  nextTrials,
  startTuning,
  summarizeAblation,
  type TunedCell,
  type TuningBudget,
  tuningBudget,
  tuningSentences,
} from "../../../core/experiments/ablate/index.js";
import { checkReportedSeeds } from "../../../core/experiments/shared/tuning-seeds.js";
import type { RunRecord, SettingOverrides } from "../../../core/training/index.js";
import { ablatePart } from "../../report/index.js";
import { startThreads } from "../../workers/threads.js";
import type { SessionOptions } from "../options.js";
import { type RunRequest, Session } from "../session.js";
import { printJson, remark } from "../terminal/output.js";
import { showSentences, showTable, tellReport } from "../terminal/show.js";

export interface AblateOptions extends SessionOptions {
  readonly preset: "quick" | "full";
  /** Instead of the preset's. */
  readonly rounds?: number | undefined;
  readonly candidates?: number | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly pairs?: number | undefined;
  readonly out: string;
}

const PRESETS = { quick: { rounds: 10, candidates: 8 }, full: { rounds: 30, candidates: 16 } } as const;

/** More than a round has test pairs, so that a choice follows its chance less; fewer where there are not so many images. */
const VALIDATION_PAIRS = 4000;

/** `pairlab ablate`: every combination of hints, tuned on validation pairs, then measured in the same rounds. */
export async function ablate(options: AblateOptions): Promise<void> {
  const { rounds = PRESETS[options.preset].rounds, candidates = PRESETS[options.preset].candidates, seed } = options;
  checkReportedSeeds(seed, rounds);
  const threads = startThreads(options.workers);
  await Session.with(options, { threads, reportFolder: options.out }, async (session) => {
    const left = Math.floor(session.dataset.train.count / 2) - (options.pairs ?? DEFAULT_PAIRS);
    // Of one pair at least: where there is none, the session says so.
    const budget = tuningBudget(candidates, seed, Math.max(1, Math.min(VALIDATION_PAIRS, left)));
    const train = (requests: readonly RunRequest[], step: string) => {
      const jobs = session.jobsOf(requests);
      if (!options.quiet) remark(`${step}: ${jobs.length} runs`);
      return session.train(jobs);
    };
    const tuned = await tune(budget, options, train);
    const records = await measure(tuned, rounds, options, train);
    const ablation = summarizeAblation(tuned, records, budget, { rounds, seed, ...session.identityOf(options) });
    await session.report(options.out, await ablatePart(ablation, records));
    show(ablation, options);
  });
}

type Train = (requests: readonly RunRequest[], step: string) => Promise<RunRecord[]>;

/** Gives the candidates of every cell one round after the other until one of each is left. */
async function tune(budget: TuningBudget, options: AblateOptions, train: Train): Promise<TunedCell[]> {
  const { steps, seeds, validationPairs } = budget;
  const shared = { ...sharedSettings(options), evaluateOn: "validation", testPairs: validationPairs } as const;
  let tuned = startTuning(budget, options.seed);
  for (const [step, candidates] of steps.entries()) {
    const records = await train(
      nextTrials(tuned).map(({ architecture, settings }) => ({
        architecture,
        seed: seeds[step] as number,
        overrides: { ...shared, ...settings },
      })),
      `tuning, step ${step + 1} of ${steps.length}, ${candidates} candidates of each of ${cells.length} networks`,
    );
    tuned = afterTrials(
      tuned,
      records.map(({ testError }) => testError),
    );
  }
  return tuned;
}

/** Trains every cell with its chosen settings in every round. */
function measure(
  tuned: readonly TunedCell[],
  rounds: number,
  options: AblateOptions,
  train: Train,
): Promise<RunRecord[]> {
  const shared = sharedSettings(options);
  const requests = Array.from({ length: rounds }, (_, round) =>
    tuned.map((cell) => ({
      architecture: cell.name,
      seed: options.seed + round,
      overrides: { ...shared, ...chosenSettings(cell) },
    })),
  );
  return train(
    requests.flat(),
    `measuring ${cells.length} networks in ${rounds === 1 ? "1 round" : `${rounds} rounds`}`,
  );
}

function sharedSettings({ epochs, batchSize, pairs: trainPairs }: AblateOptions): SettingOverrides {
  const given = Object.entries({ epochs, batchSize, trainPairs }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), evaluate: "end" };
}

function show(ablation: Ablation, options: AblateOptions): void {
  if (options.json) {
    printJson(ablation);
    return;
  }
  for (const table of [ablationEffectsTable(ablation), ablationCellsTable(ablation)]) showTable(table);
  showSentences([...ablationSentences(ablation), ...tuningSentences(ablation)]);
  tellReport(options, "the figures and the settings");
}
