import { counting, partly, text } from "../../checks.js";
import type { LabelledImages } from "../../data/index.js";
import { type PairCountNames, pooledInput, requirePairs } from "../../data/pairs.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { type DatasetIdentity, type EngineIdentity, type Job, makeJob } from "../../training/job.js";
import type { ExperimentContext } from "./context.js";

/** Images, engine and workers of an experiment's runs. */
export interface Apparatus {
  readonly dataset: {
    readonly identity: DatasetIdentity;
    readonly train: Pick<LabelledImages, "count" | "height" | "width">;
    readonly test: Pick<LabelledImages, "count">;
  };
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
 * The jobs that runs are.
 *
 * @throws InvalidRequest for an unknown architecture, a setting that it cannot take, or too few images
 */
export function jobsFor({ dataset, engine, pairNames }: Apparatus, runs: readonly RunRequest[]): Job[] {
  const { train, test, identity } = dataset;
  const shaped = { ...identity, shape: pooledInput(train) };
  const jobs = runs.map(({ architecture, seed, overrides }) => makeJob(architecture, seed, shaped, engine, overrides));
  for (const { config } of jobs) {
    requirePairs("training", config, train.count, pairNames);
    requirePairs(config.evaluateOn, config, (config.evaluateOn === "test" ? test : train).count, pairNames);
  }
  return jobs;
}

/** What an experiment's numbers depend on beside its settings. */
export function identityOf({ dataset, engine, workers }: Apparatus): Pick<ExperimentContext, "dataset" | "engine"> {
  const { version, simd } = engine;
  return { dataset: dataset.identity, engine: { version, simd, workers } };
}

/** More than the test pairs of a round, so that chance decides a choice less; fewer if there are too few images. */
const VALIDATION_PAIRS = 4000;

/** The validation pairs by which settings are chosen; at least one, so that `jobsFor` reports it if there are none. */
export const validationPairsBeside = (trainPairs: number, { dataset }: Apparatus): number =>
  Math.max(1, Math.min(VALIDATION_PAIRS, Math.floor(dataset.train.count / 2) - trainPairs));
