import { findArchitecture } from "../../architectures/index.js";
import { anything, fields, optional, text } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import { type Apparatus, identityOf, jobsFor, validationPairsBeside } from "../shared/apparatus.js";
import { ROUNDS } from "../shared/context.js";
import type { TunedNetwork } from "../shared/dimensions.js";
import type { Experiment, Steps } from "../shared/experiment.js";
import { questionField } from "../shared/question.js";
import { defaultSpace, parseSpace, type SearchSpace, trialOverrides } from "../shared/space.js";
import { checkingSeeds } from "../shared/tuning-seeds.js";
import { searchPlan, type Trial } from "./search.js";
import { type SearchedNetwork, searched, trialStep } from "./searched.js";
import { roundsWords, tuningFindings } from "./sentences.js";
import { searchedTable, trialsTable } from "./tables.js";
import { type CheckRuns, chosenTrial, summarizeTuning, type Tuning } from "./tuning.js";

/** What `tune` searches, and how long. */
export interface TuneOptions {
  readonly architecture: string;
  /** What is searched, as `parseSpace` reads it. Default: the settings that the network has, around its own values. */
  readonly over?: string | undefined;
  /** Settings that are tried. */
  readonly trials: number;
  /** Rounds of the best trials, and fresh ones in which the chosen settings are checked. */
  readonly rounds: number;
  /** The seeds of rounds follow from it. */
  readonly seed: number;
  /** Held fixed while others are searched. */
  readonly settings?: FixedSettings | undefined;
}

/** A search chooses its own pairs to measure on. */
export type FixedSettings = Omit<SettingOverrides, "evaluateOn" | "testPairs">;

const OPTIONS = fields(
  {
    architecture: text,
    over: optional(text),
    trials: anything,
    ...ROUNDS,
    settings: optional((settings, what) => {
      for (const name of ["evaluateOn", "testPairs"] as const)
        if ((settings as SettingOverrides)[name] !== undefined)
          throw new InvalidRequest(
            `${what}.${name}: a search measures on all the validation pairs that there are: leave it out`,
          );
    }),
  },
  "option",
);

/** Settings searched on validation pairs, and checked in fresh rounds. */
export const tune: Experiment<TuneOptions, Tuning> = {
  name: "tune",
  plan(options) {
    OPTIONS(options, "");
    const { over, rounds, seed } = options;
    const architecture = findArchitecture(options.architecture);
    const { evaluate = "end", ...fixed } = options.settings ?? {};
    const network = { architecture, fixed };
    const space = over === undefined ? defaultSpace(network) : parseSpace(over, network);
    const plan = searchPlan(options.trials, rounds, seed);
    return {
      *steps(apparatus) {
        checkSpace(space, network, seed, apparatus);
        const validationPairs = validationPairsBeside(
          fixed,
          [...plan.seeds, ...checkingSeeds(seed, rounds)],
          apparatus,
        );
        const searching = { network, evaluate, validationPairs, space, plan, seed };
        const { trials, recordsOf } = yield* searched(searching, "tuning", apparatus);
        const chosen = chosenTrial(trials);
        const pair = [trials[chosen] as Trial, trials[0] as Trial] as const;
        const check = chosen === 0 ? undefined : yield* checked(pair, searching, rounds, apparatus);
        const context = {
          rounds,
          seed,
          ...questionField(recordsOf(chosen)),
          ...identityOf(apparatus),
          fixed,
          plan,
          validationPairs,
        };
        return {
          result: summarizeTuning({ architecture: architecture.name, space, trials }, check, context),
          records: [...(check?.chosen ?? []), ...recordsOf(chosen)],
        };
      },
    };
  },
  summary: ({ result }) => [
    ...[trialsTable(result), searchedTable(result)].map(tableBlock),
    sentencesBlock(tuningFindings(result)),
    { kind: "heading", text: "Train with the chosen settings:" },
    { kind: "text", text: result.command },
  ],
};

/** Checks before hours of work that the network can be trained with every named value. */
function checkSpace(space: SearchSpace, network: TunedNetwork, seed: number, apparatus: Apparatus): void {
  const named = space.flatMap(({ dimension: { setting }, domain }) =>
    domain.kind === "choices" ? domain.values.map((value) => ({ [setting]: value })) : [],
  );
  const runs = [{}, ...named].map((settings) => trialOverrides(network, settings));
  jobsFor(
    apparatus,
    runs.map((overrides) => ({ architecture: network.architecture.name, seed, overrides })),
  );
}

/** The chosen settings and the architecture's own in rounds that were not used to choose settings. */
function* checked(
  trials: readonly [chosen: Trial, own: Trial],
  searching: SearchedNetwork & { readonly seed: number },
  rounds: number,
  apparatus: Apparatus,
): Steps<CheckRuns> {
  const runs = trials.flatMap(({ settings }) =>
    checkingSeeds(searching.seed, rounds).map((seed) => ({ settings, seed })),
  );
  const purpose = `checking the chosen settings against the own ones in ${roundsWords(rounds)}`;
  const records = yield trialStep(searching, runs, purpose, apparatus);
  return { chosen: records.slice(0, rounds), own: records.slice(rounds) };
}
