import { drawsByNumber, type PairCountNames, requirePairSet } from "../../core/data/pools.js";
import { requireDifferent } from "../../core/experiments/compare/require-different.js";
import { type Apparatus, type PairCounts, pairCounts, shapedDataset } from "../../core/experiments/shared/apparatus.js";
import { sharedSettings } from "../../core/experiments/shared/shared-settings.js";
import { checkReportedSeeds } from "../../core/experiments/shared/tuning-seeds.js";
import {
  InvalidRequest,
  type Job,
  makeJob,
  type RunConfig,
  type SettingOverrides,
  type ShapedDataset,
} from "../../core/index.js";
import { jobId, pairRulesOf, rulesFor } from "../../core/training/job.js";
import type { Address } from "../address/address.js";

/** The part of an address that says which runs there are. */
export type AskedRuns = Pick<Address, "networks" | "own" | "seed" | "rounds" | "settings">;

export interface Plan {
  /** Round by round, so that results of all networks come in together. */
  readonly jobs: readonly Job[];
  /** The reasons why networks cannot be trained, by name. */
  readonly refused: ReadonlyMap<string, string>;
}

type Made = Pick<Apparatus, "dataset" | "engine">;

/** How whoever uses the page can ask for other pairs. */
const NAMES: PairCountNames = { trainPairs: "Training pairs" };

/** Of more, what a relation says of each two takes longer than a frame. */
const QUICK_CLASSES = 64;

/** Whether pairs are drawn by an image's number alone, so that counting them takes no time. */
export function isQuickToPlan({ settings }: Pick<AskedRuns, "settings">, { dataset }: Pick<Made, "dataset">): boolean {
  if (dataset.validation || dataset.unsplit || dataset.listed || (dataset.train.classes ?? 0) > QUICK_CLASSES)
    return false;
  try {
    return drawsByNumber(rulesFor(settings, shapedDataset({ dataset })));
  } catch (error) {
    // Then no network can be trained, which is soon said.
    if (error instanceof InvalidRequest) return true;
    throw error;
  }
}

/**
 * The runs that are asked for, as the command line makes them. `compare` counts pairs over all of its rounds; a single network is
 * trained by one `train` for each seed, which counts them for its own.
 */
export function planOf({ networks, seed, rounds, settings }: AskedRuns, made: Made): Plan {
  const refused = new Map<string, string>();
  const shared = sharedSettings(networks, settings);
  const shaped = shapedDataset(made);
  const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
  const together = networks.length === 1 ? seeds.map((each) => [each]) : [seeds];
  const drawn = new Set<string>();
  const compared: { readonly name: string; readonly config: RunConfig }[] = [];
  const lanes = networks.map((name, i) => {
    try {
      checkReportedSeeds(seed, rounds);
      const jobs = together.flatMap((some) => jobsOf(name, some, shared[i] ?? {}, shaped, made, drawn));
      const [first] = jobs as [Job];
      const candidate = { name, config: first.config };
      if (compared.length > 0) requireDifferent([...compared, candidate]);
      compared.push(candidate);
      return jobs;
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      refused.set(name, error.message);
      return [];
    }
  });
  const jobs = Array.from({ length: rounds }, (_, round) => lanes.flatMap((own) => own[round] ?? [])).flat();
  return { jobs, refused };
}

/** One network's jobs in some rounds. @param drawn  pairs that are known to be there */
function jobsOf(
  name: string,
  seeds: readonly number[],
  settings: SettingOverrides,
  shaped: ShapedDataset,
  { dataset, engine }: Made,
  drawn: Set<string>,
): Job[] {
  const [first = 0] = seeds;
  // What is wrong with the network or its settings is said before what is wrong with the number of pairs.
  makeJob(name, first, shaped, engine, settings);
  const { config } = makeJob(name, first, shaped, engine, {
    ...settings,
    ...countsOf(settings, seeds, shaped, dataset),
  });
  const rules = pairRulesOf(config);
  return seeds.map((seed) => {
    const key = JSON.stringify([seed, rules]);
    if (!drawn.has(key)) requirePairSet(dataset, seed, rules, NAMES);
    drawn.add(key);
    // With many classes a job takes a while to check, and no seed changes its configuration.
    return { id: jobId(name, seed, config), architecture: name, seed, config };
  });
}

/** Counts of a data set that take a while. */
const known = new WeakMap<Made["dataset"], Map<string, PairCounts>>();
const MOST_KNOWN = 1000;

function countsOf(
  settings: SettingOverrides,
  seeds: readonly number[],
  shaped: ShapedDataset,
  dataset: Made["dataset"],
): PairCounts {
  const counts = known.get(dataset) ?? new Map<string, PairCounts>();
  known.set(dataset, counts);
  const { relation, ...rules } = rulesFor(settings, shaped);
  const key = JSON.stringify([relation.name, rules, settings.trainPairs, settings.testPairs, seeds]);
  const found = counts.get(key) ?? pairCounts(settings, seeds, { dataset });
  if (counts.size >= MOST_KNOWN) counts.clear();
  counts.set(key, found);
  return found;
}
