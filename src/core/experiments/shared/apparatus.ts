import { counting, partly, text } from "../../checks.js";
import { classCounts } from "../../data/drawing.js";
import {
  type CountedImages,
  type CountedSets,
  DEFAULT_PAIRS,
  inputOf,
  mostMeasuredPairs,
  type PairCountNames,
  requirePairSet,
} from "../../data/pairs.js";
import { SETTINGS } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import {
  type DatasetIdentity,
  type EngineIdentity,
  type Job,
  makeJob,
  pairRulesOf,
  relationOf,
  type ShapedDataset,
  usualRules,
} from "../../training/job.js";
import type { ExperimentContext } from "./context.js";

/** What an experiment's runs are made with. */
export interface Apparatus {
  readonly dataset: CountedSets<CountedImages> & {
    readonly identity: DatasetIdentity & Pick<ShapedDataset, "values" | "classes">;
  };
  readonly engine: EngineIdentity;
  /** How many runs are trained at the same time. The result tells it; no number depends on it. */
  readonly workers: number;
  /** For errors: how whoever asked can ask for other pairs. Default: as the library does. */
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

/** A run to be made: an architecture, a seed, and what is changed of the architecture's settings. */
export interface RunRequest {
  readonly architecture: string;
  readonly seed: number;
  readonly overrides: SettingOverrides;
}

/**
 * The jobs that runs are.
 *
 * @throws InvalidRequest for an unknown architecture, a setting that it cannot take, or too few images
 */
export function jobsFor({ dataset, engine, pairNames }: Apparatus, runs: readonly RunRequest[]): Job[] {
  const shaped = shapedOf(dataset);
  const jobs = runs.map(({ architecture, seed, overrides }) => makeJob(architecture, seed, shaped, engine, overrides));
  const drawn = new Set<string>();
  for (const { seed, config } of jobs) {
    const rules = pairRulesOf(config);
    const key = JSON.stringify([seed, rules]);
    if (!drawn.has(key)) requirePairSet(dataset, seed, rules, pairNames);
    drawn.add(key);
  }
  return jobs;
}

/** What an experiment's numbers rest on beside its settings. */
export function identityOf({ dataset, engine, workers }: Apparatus): Pick<ExperimentContext, "dataset" | "engine"> {
  const { version, simd } = engine;
  const { name, sha256 } = dataset.identity;
  return { dataset: { name, sha256 }, engine: { version, simd, workers } };
}

/** More than a round has test pairs, so that a choice follows its chance less; fewer where there are not so many images. */
const VALIDATION_PAIRS = 4000;

/**
 * The validation pairs by which settings are chosen in rounds of some seeds; one at least, so that where there is none `jobsFor`
 * says so.
 *
 * @param shared  what all runs get
 */
export const validationPairsBeside = (
  shared: SettingOverrides,
  seeds: readonly number[],
  apparatus: Apparatus,
): number => measuredPairs(VALIDATION_PAIRS, { ...shared, evaluateOn: "validation" }, seeds, apparatus);

/** So many pairs to measure on as there are in each of some rounds, and `most` at most; one at least. */
export function measuredPairs(
  most: number,
  shared: SettingOverrides,
  seeds: readonly number[],
  { dataset }: Apparatus,
): number {
  const shaped = shapedOf(dataset);
  const { relation = SETTINGS.relation.usual, trainPairs = DEFAULT_PAIRS, evaluateOn = "test", reuse = false } = shared;
  const rules = {
    ...{ trainPairs, testPairs: most, evaluateOn, reuse },
    ...usualRules(shared, shaped),
    relation: relationOf({ relation, dataset: shaped }),
  };
  return Math.max(1, Math.min(most, ...seeds.map((seed) => mostMeasuredPairs(dataset, seed, rules))));
}

function shapedOf({ identity, train }: Apparatus["dataset"]): ShapedDataset {
  return { ...identity, shape: inputOf(train), classCounts: Array.from(classCounts(train)) };
}
