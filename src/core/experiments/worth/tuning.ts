import { findArchitecture } from "../../architectures/index.js";
import { Stream } from "../../random/streams.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { drawCandidates } from "../shared/candidates.js";
import { DIMENSIONS, type TunedNetwork } from "../shared/dimensions.js";
import { ranked, type Tried } from "../shared/halving.js";
import { type SearchSpace, type TrialSettings, trialOverrides } from "../shared/space.js";
import { tuningSeeds } from "../shared/tuning-seeds.js";
import { LADDER, type Place } from "./ladder.js";

/** How often, and by what, each network's settings are chosen at each number of pairs. */
export interface TuningBudget {
  readonly tunings: number;
  /** Rounds in which a tuning's choices are measured. */
  readonly rounds: number;
  /** Settings tried at each place in each tuning. */
  readonly candidates: number;
  /** Of the round in which a tuning tries them. */
  readonly seeds: readonly number[];
  /** Pairs of training images that the round does not train on. */
  readonly validationPairs: number;
}

/** Settings that were tried at a place in one tuning, and the errors by which they were chosen. */
export type TriedSettings = Tried<TrialSettings>;

/** The seeds of so many tunings. */
export const seedsOfTunings = (seed: number, tunings: number): number[] => tuningSeeds(seed, tunings);

/** What is searched for a network: what `ablate` chooses for it, and how often it sees its pairs. */
export function searchedSpace(network: TunedNetwork): SearchSpace {
  return DIMENSIONS.flatMap((dimension) => {
    if (network.fixed[dimension.setting] !== undefined || dimension.missing(network) !== undefined) return [];
    if (dimension.ablated) return [{ dimension, domain: dimension.ablated }];
    return dimension.setting === "epochs"
      ? [{ dimension, domain: dimension.around(dimension.own(network), network) }]
      : [];
  });
}

/** The candidates of each network of the ladder in a tuning, the same at all numbers of pairs. Its own settings are the first. */
export function candidatesOf(
  tuningSeed: number,
  count: number,
  fixed: SettingOverrides,
): ReadonlyMap<string, readonly TrialSettings[]> {
  const stream = new Stream(tuningSeed, "tuning");
  return new Map(
    LADDER.map(({ architecture }) => {
      const network = { architecture: findArchitecture(architecture), fixed };
      return [architecture, drawCandidates(searchedSpace(network), network, count, stream)];
    }),
  );
}

/** What a run at a place is trained with, for some settings of its network. */
export const placeSettings = (
  { architecture, pairs, labelFraction }: Place,
  settings: TrialSettings,
  fixed: SettingOverrides,
): SettingOverrides => ({
  ...trialOverrides({ architecture: findArchitecture(architecture), fixed }, settings),
  trainPairs: pairs,
  ...(labelFraction !== undefined && { labelFraction }),
});

/** The settings with the lowest validation error, the earlier of equal ones; the network's own if all diverged. */
export const chosenOf = (tried: readonly TriedSettings[]): TriedSettings =>
  tried[ranked(tried)[0] ?? 0] as TriedSettings;
