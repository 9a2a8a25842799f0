import { findArchitecture } from "../../core/architectures/index.js";
import { DEFAULT_PAIRS } from "../../core/data/index.js";
import {
  CHECK_SEEDS_FROM,
  type CheckRuns,
  chosenTrial,
  defaultSpace,
  overridesOf as overridesOfTrial,
  parseSpace,
  roundsWords,
  type SearchPlan,
  search,
  searchedTable,
  searchPlan,
  settingsOptions,
  summarizeTuning,
  type Trial,
  type TrialRun,
  type TrialSettings,
  type Tuning,
  trialsTable,
  tuningFindings,
} from "../../core/experiments/tune/index.js";
import type { RunRecord } from "../../core/training/index.js";
import { type TuneCommands, tunePart, writeReport } from "../report/index.js";
import { startThreads } from "../workers/threads.js";
import type { SettingsOptions } from "./options.js";
import { print, printJson, remark } from "./output.js";
import { overridesOf, Session } from "./session.js";
import { formatTable } from "./table.js";

export interface TuneOptions extends SettingsOptions {
  readonly over?: string | undefined;
  readonly trials: number;
  readonly rounds: number;
  readonly out: string;
}

/** More than a round has test pairs, so that a choice follows its chance less; fewer where there are not so many images. */
const VALIDATION_PAIRS = 4000;

/** `pairlab tune`: settings searched on validation pairs, checked in fresh rounds, and the report. */
export async function tune(name: string, options: TuneOptions): Promise<void> {
  const architecture = findArchitecture(name);
  const { evaluate = "end", ...fixed } = overridesOf({ ...options, evaluate: "end" });
  const network = { architecture, fixed };
  const space = options.over === undefined ? defaultSpace(network) : parseSpace(options.over, network);
  const { rounds, seed } = options;
  const plan = searchPlan(options.trials, rounds, seed);
  const threads = startThreads(options.workers);
  await Session.with(options, { threads, reportFolder: options.out }, async (session) => {
    const left = Math.floor(session.dataset.train.count / 2) - (options.pairs ?? DEFAULT_PAIRS);
    // Of one pair at least: where there is none, the session says so.
    const validationPairs = Math.max(1, Math.min(VALIDATION_PAIRS, left));
    const shared = { evaluate, evaluateOn: "validation", testPairs: validationPairs } as const;
    const train: Train = (runs, step) => {
      const jobs = session.jobsOf(
        runs.map(({ settings, seed }) => ({
          architecture: name,
          seed,
          overrides: { ...shared, ...overridesOfTrial(network, settings) },
        })),
      );
      if (!options.quiet) remark(`${step}: ${jobs.length} runs`);
      return session.train(jobs);
    };
    const { trials, recordsOf } = await searched(search(space, network, plan, seed), plan, train);
    const chosen = chosenTrial(trials);
    const check = chosen === 0 ? undefined : await checked(trials[chosen] as Trial, trials[0] as Trial, options, train);
    const context = { rounds, seed, ...session.identityOf(options), fixed, plan, validationPairs };
    const tuning = summarizeTuning({ architecture: name, space, trials }, check, context);
    const commands = commandsOf(tuning, options);
    const records = [...(check?.chosen ?? []), ...recordsOf(chosen)];
    for (const wrong of await writeReport(options.out, await tunePart(tuning, records, commands))) remark(wrong);
    show(tuning, commands, options);
  });
}

type Train = (
  runs: readonly { readonly settings: TrialSettings; readonly seed: number }[],
  step: string,
) => Promise<RunRecord[]>;

/** Trains what a search asks for until it has found. */
async function searched(loop: ReturnType<typeof search>, plan: SearchPlan, train: Train) {
  const records = new Map<number, RunRecord[]>();
  let step = loop.next([]);
  while (!step.done) {
    const runs = step.value.map(({ settings, round }) => ({ settings, seed: plan.seeds[round] as number }));
    const trained = await train(runs, stepWords(step.value));
    step.value.forEach(({ trial }, i) => {
      records.set(trial, [...(records.get(trial) ?? []), trained[i] as RunRecord]);
    });
    step = loop.next(trained.map(({ testError }) => testError));
  }
  return { trials: step.value, recordsOf: (trial: number): readonly RunRecord[] => records.get(trial) ?? [] };
}

/** "tuning, 8 trials, round 1", "tuning, 4 trials, rounds 3 to 5". */
function stepWords(runs: readonly TrialRun[]): string {
  const trials = new Set(runs.map(({ trial }) => trial)).size;
  const rounds = runs.map(({ round }) => round + 1);
  const [first, last] = [Math.min(...rounds), Math.max(...rounds)];
  const which = first === last ? `round ${first}` : `rounds ${first} to ${last}`;
  return `tuning, ${trials === 1 ? "1 trial" : `${trials} trials`}, ${which}`;
}

/** The chosen settings and the architecture's own in rounds that nothing was chosen by. */
async function checked(chosen: Trial, own: Trial, { rounds, seed }: TuneOptions, train: Train): Promise<CheckRuns> {
  const runs = [chosen, own].flatMap(({ settings }) =>
    Array.from({ length: rounds }, (_, round) => ({ settings, seed: seed + CHECK_SEEDS_FROM + round })),
  );
  const records = await train(runs, `checking the chosen settings against the own in ${roundsWords(rounds)}`);
  return { chosen: records.slice(0, rounds), own: records.slice(rounds) };
}

/** The command lines that train with the chosen settings, and that search again. */
function commandsOf({ architecture, trials, chosen, rounds, seed }: Tuning, options: TuneOptions): TuneCommands {
  const { seed: _, workers, runs, json, quiet, out, over, trials: most, rounds: __, data, simd, ...settings } = options;
  const fixed = Object.entries(settings).map(([name, value]) => {
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? option : `${option} ${value}`;
  });
  const where = [...(data === undefined ? [] : ["--data DIR"]), ...(simd === "base" ? [] : [`--simd ${simd}`])];
  const { settings: best } = trials[chosen] as Trial;
  const searching = [`--trials ${most}`, ...(over === undefined ? [] : [`--over ${over.replaceAll(" ", "")}`])];
  return {
    train: [`pairlab train ${architecture}`, settingsOptions(best), ...fixed, ...where].join(" "),
    tune: [
      `pairlab tune ${architecture}`,
      ...searching,
      `--rounds ${rounds}`,
      `--seed ${seed}`,
      ...fixed,
      ...where,
    ].join(" "),
  };
}

function show(tuning: Tuning, { train }: TuneCommands, options: TuneOptions): void {
  if (options.json) {
    printJson({ ...tuning, command: train });
    return;
  }
  for (const { title, caption, columns, rows } of [trialsTable(tuning), searchedTable(tuning)]) {
    print(`\n${title}`);
    print(formatTable(columns, rows));
    print(caption);
  }
  for (const sentence of tuningFindings(tuning)) print(`\n${sentence}`);
  print(`\nTrain with the chosen settings:\n${train}`);
  if (!options.quiet) remark(`\n${options.out}/report.html has the figure and the settings`);
}
