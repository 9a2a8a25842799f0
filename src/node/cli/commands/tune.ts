import { findArchitecture } from "../../../core/architectures/index.js";
import { checkingSeeds } from "../../../core/experiments/shared/tuning-seeds.js";
import {
  type CheckRuns,
  chosenTrial,
  defaultSpace,
  parseSpace,
  roundsWords,
  type SearchSpace,
  search,
  overridesOf as searchedOverrides,
  searchedTable,
  searchPlan,
  settingsOptions,
  summarizeTuning,
  type Trial,
  type TunedNetwork,
  type Tuning,
  trialsTable,
  tuningFindings,
} from "../../../core/experiments/tune/index.js";
import { type TuneCommands, tunePart } from "../../report/index.js";
import { startThreads } from "../../workers/threads.js";
import { overridesOf, type SettingsOptions } from "../options.js";
import { searched, type Train, trainerOf, validationPairsOf } from "../search.js";
import { Session } from "../session.js";
import { print, printJson } from "../terminal/output.js";
import { showSentences, showTable, tellReport } from "../terminal/show.js";

export interface TuneOptions extends SettingsOptions {
  readonly over?: string | undefined;
  readonly trials: number;
  readonly rounds: number;
  readonly out: string;
}

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
    checkSpace(space, network, session, seed);
    const validationPairs = validationPairsOf(session, options);
    const train = trainerOf(session, network, { evaluate, validationPairs, quiet: options.quiet === true });
    const { trials, recordsOf } = await searched(search(space, network, plan, seed), plan, train);
    const chosen = chosenTrial(trials);
    const check = chosen === 0 ? undefined : await checked(trials[chosen] as Trial, trials[0] as Trial, options, train);
    const context = { rounds, seed, ...session.identityOf(options), fixed, plan, validationPairs };
    const tuning = summarizeTuning({ architecture: name, space, trials }, check, context);
    const commands = commandsOf(tuning, options);
    const records = [...(check?.chosen ?? []), ...recordsOf(chosen)];
    await session.report(options.out, await tunePart(tuning, records, commands));
    show(tuning, commands, options);
  });
}

/** Before hours are spent: whether the network can be trained with every value that is named. */
function checkSpace(space: SearchSpace, network: TunedNetwork, session: Session, seed: number): void {
  const named = space.flatMap(({ dimension: { setting }, domain }) =>
    domain.kind === "choices" ? domain.values.map((value) => ({ [setting]: value })) : [],
  );
  const runs = [{}, ...named].map((settings) => searchedOverrides(network, settings));
  session.jobsOf(runs.map((overrides) => ({ architecture: network.architecture.name, seed, overrides })));
}

/** The chosen settings and the architecture's own in rounds that nothing was chosen by. */
async function checked(chosen: Trial, own: Trial, { rounds, seed }: TuneOptions, train: Train): Promise<CheckRuns> {
  const runs = [chosen, own].flatMap(({ settings }) =>
    checkingSeeds(seed, rounds).map((each) => ({ settings, seed: each })),
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
  for (const table of [trialsTable(tuning), searchedTable(tuning)]) showTable(table);
  showSentences(tuningFindings(tuning));
  print("");
  print("Train with the chosen settings:");
  print(train);
  tellReport(options, "the figure and the settings");
}
