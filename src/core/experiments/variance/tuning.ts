import { findArchitecture } from "../../architectures/index.js";
import { Stream } from "../../random/streams.js";
import type { SettingValue } from "../../settings/domain.js";
import type { SettingName } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { type Apparatus, jobsFor, validationPairsBeside } from "../shared/apparatus.js";
import { drawCandidates } from "../shared/candidates.js";
import type { TunedNetwork } from "../shared/dimensions.js";
import type { Steps } from "../shared/experiment.js";
import { ranked, type Tried } from "../shared/halving.js";
import { defaultSpace, type SearchSpace, type TrialSettings, trialOverrides } from "../shared/space.js";
import { tuningSources } from "../shared/tunings.js";

/** One tuning: the settings that it tried once each on validation pairs, and which of them it chose. */
export interface OneTuning {
  /** Of its training and validation pairs, starting weights and all else. */
  readonly seed: number;
  /** Which of `tried` has the lowest error, from 0: the earlier of equal ones, and the network's own settings if all diverged. */
  readonly chosen: number;
  /** The network's own settings, then random ones. */
  readonly tried: readonly Tried<TrialSettings>[];
}

/** The tunings whose choices are crossed with the other sources of chance. */
export interface Tunings {
  /** Settings that each tries. */
  readonly candidates: number;
  /** Pairs of training images that a tuning does not train on. */
  readonly validationPairs: number;
  /** What is searched: the ends of a range, or all values. */
  readonly searched: Readonly<Record<string, readonly SettingValue[]>>;
  /** Level l of the source is tuning l. */
  readonly each: readonly OneTuning[];
}

/** How often a network is tuned, and on what budget. */
export interface TuningPlan {
  readonly tunings: number;
  readonly candidates: number;
  /** The experiment's first. */
  readonly seed: number;
}

/** What is searched for a network: what `tune` searches, and nothing that `settings` hold. */
export const searchSpace = (architecture: string, settings: SettingOverrides): SearchSpace =>
  defaultSpace(networkOf(architecture, settings));

/** The settings that a tuning would search if they were not given. */
export const heldFromSearch = (architecture: string, settings: SettingOverrides): SettingName[] =>
  searchSpace(architecture, {})
    .map(({ dimension: { setting } }) => setting)
    .filter((setting) => settings[setting] !== undefined);

/** The settings that a run has by the choice of a tuning. */
export const chosenOverrides = (
  architecture: string,
  settings: SettingOverrides,
  { tried, chosen }: OneTuning,
): SettingOverrides => trialOverrides(networkOf(architecture, settings), tried[chosen]?.settings ?? {});

/** Tunes a network several times, each time with candidates and a seed of its own, and none on a test pair. */
export function* tuneTimes(
  { tunings, candidates, seed }: TuningPlan,
  architecture: string,
  settings: SettingOverrides,
  apparatus: Apparatus,
): Steps<Tunings> {
  const network = networkOf(architecture, settings);
  const space = defaultSpace(network);
  const drawn = tuningSources(seed, tunings, 1).map((source) => ({
    seed: source.seeds[0] as number,
    settings: drawCandidates(space, network, candidates, new Stream(source.seed, "tuning")),
  }));
  const validationPairs = validationPairsBeside(
    settings,
    drawn.map((each) => each.seed),
    apparatus,
  );
  const requests = drawn.flatMap((each) =>
    each.settings.map((candidate) => ({
      architecture,
      seed: each.seed,
      overrides: {
        ...trialOverrides(network, candidate),
        ...({ evaluate: "end", evaluateOn: "validation", testPairs: validationPairs } as const),
      },
    })),
  );
  const records = yield {
    jobs: jobsFor(apparatus, requests),
    purpose: `tuning ${tunings} times, ${candidates} candidates each`,
  };
  const each = drawn.map(({ seed, settings }, tuning): OneTuning => {
    const tried = settings.map((candidate, i) => ({
      settings: candidate,
      errors: [records[tuning * candidates + i]?.testError as number],
    }));
    return { seed, chosen: ranked(tried)[0] ?? 0, tried };
  });
  const searched = Object.fromEntries(
    space.map(({ dimension: { setting }, domain }) => [
      setting,
      domain.kind === "range" ? [domain.low, domain.high] : domain.values,
    ]),
  );
  return { candidates, validationPairs, searched, each };
}

const networkOf = (architecture: string, fixed: SettingOverrides): TunedNetwork => ({
  architecture: findArchitecture(architecture),
  fixed,
});
