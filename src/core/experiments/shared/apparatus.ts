import { counting, partly, text } from "../../checks.js";
import { classCounts } from "../../data/drawing.js";
import { inputOf } from "../../data/images.js";
import { type RightAnswers, rightAnswers } from "../../data/pairs.js";
import {
  type CountedImages,
  type CountedSets,
  mostPairs,
  type PairCountNames,
  requirePairSet,
} from "../../data/pools.js";
import { InvalidRequest } from "../../errors.js";
import { SETTINGS } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import {
  type DatasetIdentity,
  type DatasetMeaning,
  type EngineIdentity,
  type Job,
  makeJob,
  pairRulesOf,
  rulesFor,
  type ShapedDataset,
} from "../../training/job.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import type { ExperimentContext } from "./context.js";

/** Images, engine and workers of an experiment's runs. */
export interface Apparatus {
  readonly dataset: CountedSets<CountedImages> & { readonly identity: DatasetIdentity & DatasetMeaning };
  readonly engine: EngineIdentity;
  /** How many runs are trained at the same time. The result names it; no number depends on it. */
  readonly workers: number;
  /** For errors: how the user can ask for other pairs. Default: as in the library. */
  readonly pairNames?: PairCountNames;
}

export const checkApparatus = partly({
  dataset: partly({
    identity: partly({ sha256: text }),
    train: partly({ count: counting }),
    test: partly({ count: counting }),
  }),
  engine: partly({ version: text }),
  workers: counting,
});

/** A run to be made: an architecture, a seed, and changes to the architecture's settings. */
export interface RunRequest {
  readonly architecture: string;
  readonly seed: number;
  readonly overrides: SettingOverrides;
}

/**
 * The jobs that runs are. Where a run does not say how many pairs, and its images make fewer than are usual, it has as many as all
 * these runs' seeds can have.
 *
 * @throws InvalidRequest for an unknown architecture, a setting that it cannot take, or too few images
 */
export function jobsFor(apparatus: Apparatus, runs: readonly RunRequest[]): Job[] {
  const { dataset, engine, pairNames } = apparatus;
  const shaped = shapedDataset(apparatus);
  const counts = new Map<string, PairCounts>();
  const countsOf = (overrides: SettingOverrides): PairCounts => {
    const rules = rulesFor(overrides, shaped);
    const { relation, ...others } = rules;
    const key = JSON.stringify([relation.name, others, overrides.trainPairs, overrides.testPairs]);
    const found = counts.get(key) ?? pairCounts(overrides, [...new Set(runs.map(({ seed }) => seed))], apparatus);
    counts.set(key, found);
    return found;
  };
  const jobs = runs.map(({ architecture, seed, overrides }) =>
    makeJob(architecture, seed, shaped, engine, { ...overrides, ...countsOf(overrides) }),
  );
  const drawn = new Set<string>();
  for (const { seed, config } of jobs) {
    const rules = pairRulesOf(config);
    const key = JSON.stringify([seed, rules]);
    if (!drawn.has(key)) requirePairSet(dataset, seed, rules, pairNames);
    drawn.add(key);
  }
  return jobs;
}

/**
 * Sees that an experiment's networks can answer: some decide by the images' classes, which pairs that are given with their answers do not
 * have.
 *
 * @throws InvalidRequest naming the experiment, and one that needs no classes
 */
export function requireClasses({ dataset: { identity } }: Pick<Apparatus, "dataset">, experiment: string): void {
  if (!identity.listed) return;
  throw new InvalidRequest(
    `${experiment} trains networks that decide by the images' classes, and the pairs of ${identity.name} are given with their answers: use compare or tune, with networks such as matching and weight-sharing`,
  );
}

/** A data set as jobs are made for it. */
export function shapedDataset({ dataset }: Pick<Apparatus, "dataset">): ShapedDataset {
  const { train, identity } = dataset;
  return { ...identity, shape: inputOf(train), classCounts: Array.from(classCounts(train)) };
}

export type PairCounts = Pick<SettingOverrides, "trainPairs" | "testPairs">;

/** How many pairs runs of some seeds have: what is asked for, else as many as are usual, or as there are. */
export function pairCounts(
  settings: SettingOverrides,
  seeds: readonly number[],
  { dataset }: Pick<Apparatus, "dataset">,
): Required<PairCounts> {
  const shaped = shapedDataset({ dataset });
  const least = (of: (seed: number) => number) => Math.min(...seeds.map(of));
  const rules = rulesFor(settings, shaped);
  const trainPairs =
    settings.trainPairs ??
    fewer(
      least((seed) => mostPairs(dataset, seed, rules).training),
      SETTINGS.trainPairs.usual,
    );
  const beside = { ...rules, trainPairs };
  const testPairs =
    settings.testPairs ??
    fewer(
      least((seed) => mostPairs(dataset, seed, beside).measured()),
      SETTINGS.testPairs.usual,
    );
  return { trainPairs, testPairs };
}

/** The usual number where there are so many; else what there is, of which two digits count: other seeds have nearly as many. */
function fewer(most: number, usual: number): number {
  if (most >= usual || most < 1) return usual;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(most)) - 1);
  return Math.floor(most / unit) * unit;
}

/** Runs with the right answers of the pairs that each was measured on. */
export function withAnswers(records: readonly MeasuredRun[], { dataset }: Pick<Apparatus, "dataset">): MeasuredRun[] {
  const counted = new Map<string, RightAnswers>();
  return records.map((record) => {
    const { seed, config } = record;
    const rules = pairRulesOf(config);
    // Test pairs do not depend on the training pairs.
    const trainPairs = rules.evaluateOn === "test" ? 0 : rules.trainPairs;
    const key = JSON.stringify([seed, { ...rules, relation: rules.relation.name, trainPairs }]);
    const answers = counted.get(key) ?? rightAnswers(dataset, seed, { ...rules, trainPairs });
    counted.set(key, answers);
    return { ...record, answers };
  });
}

/** What an experiment's numbers rest on beside its settings. */
export function identityOf({ dataset, engine, workers }: Apparatus): Pick<ExperimentContext, "dataset" | "engine"> {
  const { version, simd } = engine;
  const { name, sha256, asked } = dataset.identity;
  return { dataset: { name, sha256, ...(asked && { asked }) }, engine: { version, simd, workers } };
}

/** More than the test pairs of a round, so that chance decides a choice less; fewer if there are too few images. */
const VALIDATION_PAIRS = 4000;

/**
 * The validation pairs by which settings are chosen in rounds of some seeds; at least one, so that `jobsFor` reports it if there are
 * none.
 *
 * @param shared  what all runs get
 */
export const validationPairsBeside = (
  shared: SettingOverrides,
  seeds: readonly number[],
  apparatus: Apparatus,
): number => measuredPairs(VALIDATION_PAIRS, { ...shared, evaluateOn: "validation" }, seeds, apparatus);

/** So many pairs to measure on as there are in each of some rounds, and `most` at most; at least one. */
export function measuredPairs(
  most: number,
  shared: SettingOverrides,
  seeds: readonly number[],
  apparatus: Apparatus,
): number {
  const { dataset } = apparatus;
  const counts = pairCounts(shared, seeds, apparatus);
  const rules = rulesFor({ ...shared, ...counts }, shapedDataset(apparatus));
  return Math.max(1, Math.min(most, ...seeds.map((seed) => mostPairs(dataset, seed, rules).measured())));
}
