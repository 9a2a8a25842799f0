import { findArchitecture } from "../../architectures/index.js";
import { InvalidRequest } from "../../errors.js";
import type { Limits } from "../../limits.js";
import type { Domain, SettingValue } from "../../settings/domain.js";
import { mean } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import type { RunRecord, SettingOverrides } from "../../training/index.js";
import type { ExperimentContext } from "../shared/context.js";
import { hasDiverged, ranked } from "../shared/halving.js";
import { apparatusOptions, optionsFor } from "../shared/options.js";
import { type PairedTest, pairedTests } from "../shared/paired-tests.js";
import { type RoundsSummary, summarizeRounds } from "../shared/rounds.js";
import { placesOf, type SearchSpace } from "../shared/space.js";
import { importances } from "./importance.js";
import type { SearchPlan, Trial } from "./search.js";

/** A setting that was searched. */
export interface TunedSetting {
  readonly setting: string;
  /** As the command line calls it. */
  readonly option: string;
  readonly domain: Domain;
  /** The architecture's. */
  readonly own: SettingValue;
  readonly chosen: SettingValue;
  /** See `importances`; null if there are too few trials. */
  readonly importance: number | null;
  /** The end of the range that the chosen value is near; a better one may lie beyond it. */
  readonly near: "low" | "high" | null;
}

/** A trial with its errors. */
export interface TriedSettings extends Trial {
  /** NaN if it diverged in a round. */
  readonly mean: number;
  readonly sd: number | null;
}

/** The chosen settings and the architecture's own in rounds that were not used to choose settings; differences are chosen − own. */
export interface TuningCheck {
  readonly seeds: readonly number[];
  readonly chosen: RoundsSummary;
  readonly own: RoundsSummary;
  readonly difference: PairedTest;
}

/** What tuning found. Errors are fractions of validation pairs; `rounds` are those of a finalist and those of the check. */
export interface Tuning extends ExperimentContext {
  readonly architecture: string;
  /** Settings that all trials share, if they are not the architecture's own. */
  readonly fixed: SettingOverrides;
  readonly plan: SearchPlan;
  readonly validationPairs: number;
  readonly settings: readonly TunedSetting[];
  /** In the order of their proposal. The first has the architecture's own settings. */
  readonly trials: readonly TriedSettings[];
  /** The best one's place among them. */
  readonly chosen: number;
  /** Null if the architecture's own settings are the best. */
  readonly check: TuningCheck | null;
  /** The command line that trains with the chosen settings. */
  readonly command: string;
}

/**
 * The place of the best trial.
 *
 * @throws InvalidRequest if every trial diverged
 */
export function chosenTrial(trials: readonly Trial[]): number {
  const [best] = ranked(trials);
  if (best === undefined || hasDiverged((trials[best] as Trial).errors))
    throw new InvalidRequest(
      `all ${trials.length} trials diverged, so none can be chosen: search other values, such as lower learning rates`,
    );
  return best;
}

/** Runs of the check, in the order of their rounds. */
export interface CheckRuns {
  readonly chosen: readonly RunRecord[];
  readonly own: readonly RunRecord[];
}

/** @param check  undefined if the best trial has the architecture's own settings */
export function summarizeTuning(
  found: { readonly architecture: string; readonly space: SearchSpace; readonly trials: readonly Trial[] },
  check: CheckRuns | undefined,
  context: ExperimentContext & Pick<Tuning, "fixed" | "plan" | "validationPairs">,
): Tuning {
  const { architecture, space, trials } = found;
  const chosen = chosenTrial(trials);
  const { settings } = trials[chosen] as Trial;
  const shares = importances(space, trials);
  const places = placesOf(space, settings);
  const network = { architecture: findArchitecture(architecture), fixed: context.fixed };
  return {
    architecture,
    ...context,
    settings: space.map(({ dimension, domain }, i) => ({
      setting: dimension.setting,
      option: dimension.option,
      domain,
      own: dimension.own(network),
      chosen: settings[dimension.setting] as SettingValue,
      importance: shares?.[i] ?? null,
      near: nearEnd(domain, places[i], dimension.possible),
    })),
    trials: trials.map((trial) => ({
      ...trial,
      mean: mean(trial.errors),
      sd: standardDeviation(trial.errors) ?? null,
    })),
    chosen,
    check: check ? summarizeCheck(check, context.seed) : null,
    command: [
      `pairlab train ${architecture}`,
      ...optionsFor(settings),
      ...optionsFor(context.fixed),
      ...apparatusOptions(context),
    ].join(" "),
  };
}

function summarizeCheck({ chosen, own }: CheckRuns, seed: number): TuningCheck {
  const differences = chosen.map(({ testError }, round) => testError - (own[round] as RunRecord).testError);
  return {
    seeds: chosen.map((run) => run.seed),
    chosen: summarizeRounds(chosen),
    own: summarizeRounds(own),
    difference: pairedTests([differences], seed)[0] as PairedTest,
  };
}

/** A tenth of the range, on its scale, or the outer one of numbers in order. */
const NEAR = 0.1;

function nearEnd(
  domain: Domain,
  place: number | undefined,
  possible: Limits | readonly string[],
): TunedSetting["near"] {
  if (place === undefined || !("least" in possible)) return null;
  const [low, high] = domain.kind === "range" ? [domain.low, domain.high] : [domain.values[0], domain.values.at(-1)];
  const near = domain.kind === "range" ? NEAR : 0.5 / domain.values.length;
  if (domain.kind === "choices" && !isAscending(domain.values)) return null;
  // No better value can lie beyond the possible ones.
  if (place <= near) return low === possible.least ? null : "low";
  if (place >= 1 - near) return high === possible.most ? null : "high";
  return null;
}

const isAscending = (values: readonly SettingValue[]): boolean =>
  values.every((value, i) => i === 0 || value > (values[i - 1] as SettingValue));
