import { counting, partly, text } from "../../checks.js";
import type { LabelledImages } from "../../data/index.js";
import { type ImageShape, inputOf, type PairCountNames, requirePairs } from "../../data/pairs.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import {
  type DatasetIdentity,
  type EngineIdentity,
  type Job,
  makeJob,
  type ShapedDataset,
} from "../../training/job.js";
import type { ExperimentContext } from "./context.js";

/** What an experiment's runs are made with. */
export interface Apparatus {
  readonly dataset: {
    readonly identity: DatasetIdentity & Pick<ShapedDataset, "values" | "classes">;
    readonly train: ImageShape & Pick<LabelledImages, "count">;
    readonly test: Pick<LabelledImages, "count">;
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
  const { train, test, identity } = dataset;
  const shaped = { ...identity, shape: inputOf(train) };
  const jobs = runs.map(({ architecture, seed, overrides }) => makeJob(architecture, seed, shaped, engine, overrides));
  for (const { config } of jobs) {
    requirePairs("training", config, train.count, pairNames);
    requirePairs(config.evaluateOn, config, (config.evaluateOn === "test" ? test : train).count, pairNames);
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

/** The validation pairs by which settings are chosen; one at least, so that where there is none `jobsFor` says so. */
export const validationPairsBeside = (trainPairs: number, { dataset }: Apparatus): number =>
  Math.max(1, Math.min(VALIDATION_PAIRS, Math.floor(dataset.train.count / 2) - trainPairs));
