import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Architecture, findArchitecture } from "../architectures/index.js";
import { oneOf, optional, partly, shown, text, within } from "../checks.js";
import { DEFAULT_PAIRS } from "../data/pairs.js";
import { checkFits } from "../engine/optimizers/make.js";
import { checkPartners } from "../engine/pairs/partners.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS, SETTING_LIMITS } from "../limits.js";
import { checkDigitSettings, DIGIT_PAIRS, type InputSpec, type Network, placeNetwork } from "../network/index.js";
import {
  OPTIONAL_SETTINGS,
  type OptionalOverrides,
  type OptionalSettings,
  optionalSettings,
  withoutOptional,
} from "../settings/optional-settings.js";
import { checkOptimizer, settingsCheck, type TrainingSettings } from "../settings/training-settings.js";
import { actingSettings, checkDropout } from "./acting-settings.js";

/** What a configuration's network names only where it is not what it is for most. */
type UnlessUsual = "pairWeight" | "members";

/** Everything besides the seed that decides a run's bits. */
export interface RunConfig extends TrainingSettings {
  readonly network: Required<Omit<Network, UnlessUsual>> & Pick<Network, UnlessUsual>;
  readonly dataset: DatasetIdentity;
  readonly engine: EngineIdentity;
}

/** Which images a run had. */
export interface DatasetIdentity {
  readonly name: string;
  /** Of the four files' SHA-256 digests, in the order training images and labels, test images and labels. */
  readonly sha256: string;
}

/** Which arithmetic a run had. */
export interface EngineIdentity {
  readonly version: string;
  readonly simd: "base" | "relaxed";
  /** SHA-256 of the kernels' WASM. */
  readonly kernels: string;
}

/** One architecture to be trained once from one seed: plain data, for any worker. */
export interface Job {
  readonly id: string;
  readonly architecture: string;
  readonly seed: number;
  readonly config: RunConfig;
}

/** What a request may change of an architecture's own settings. */
export type SettingOverrides = Partial<Omit<TrainingSettings, keyof OptionalSettings>> &
  OptionalOverrides &
  Pick<Network, "auxiliaryWeight" | "pairWeight" | "members">;

const checkOverrides = settingsCheck([], {
  auxiliaryWeight: optional(within(SETTING_LIMITS.auxiliaryWeight)),
  pairWeight: optional(within(SETTING_LIMITS.pairWeight)),
  members: optional(within(SETTING_LIMITS.members)),
});
const DATASET = partly({ name: text, sha256: text });
const ENGINE = partly({ version: text, simd: oneOf(["base", "relaxed"]), kernels: text });

/**
 * The job of an architecture under a seed. Its id is the beginning of the SHA-256 of all that decides the run's bits. Settings
 * that come to the same bits by definition, a default spelled out or a value that changes nothing, come to the same job.
 *
 * @param overrides  what is undefined is as if it were not there
 * @param input  what the data set's pairs look like
 * @throws InvalidRequest for an unknown architecture, or a setting or images that it cannot take.
 */
export function makeJob(
  name: string,
  seed: number,
  dataset: DatasetIdentity,
  engine: EngineIdentity,
  overrides: SettingOverrides = {},
  input: InputSpec = DIGIT_PAIRS,
): Job {
  const architecture = findArchitecture(name);
  within(SEEDS)(seed, "seed");
  DATASET(dataset, "dataset");
  ENGINE(engine, "engine");
  try {
    checkOverrides(overrides, "");
    const config = { ...configOf(architecture, said(overrides), input), dataset, engine };
    return { id: jobId(name, seed, config), architecture: name, seed: seed + 0, config };
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`, { cause: error }) : error;
  }
}

/** What is given, −0 as 0. */
const said = (overrides: SettingOverrides): SettingOverrides =>
  Object.fromEntries(
    Object.entries(overrides).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "number" ? value + 0 : value]],
    ),
  );

function configOf(
  architecture: Architecture,
  { auxiliaryWeight, pairWeight, members, ...overrides }: SettingOverrides,
  input: InputSpec,
): Omit<RunConfig, "dataset" | "engine"> {
  const weight = pairWeight ?? architecture.pairWeight ?? 1;
  const trunksOfOne = members ?? architecture.members ?? 1;
  const network = {
    trunk: architecture.trunk,
    head: architecture.head,
    auxiliaryWeight: auxiliaryWeight ?? architecture.auxiliaryWeight ?? 0,
    trunks: architecture.trunks ?? "shared",
    ...(weight !== 1 && { pairWeight: weight }),
    ...(trunksOfOne !== 1 && { members: trunksOfOne }),
  };
  const { epochs, batchSize, learningRate, optimizer, dropout } = architecture;
  const settings: TrainingSettings = {
    epochs,
    batchSize,
    learningRate,
    optimizer,
    dropout,
    trainPairs: DEFAULT_PAIRS,
    testPairs: DEFAULT_PAIRS,
    relation: "less-or-equal",
    evaluate: architecture.evaluate ?? "epoch",
    evaluateOn: "test",
    ...withoutOptional(overrides),
    ...optionalSettings(architecture, overrides),
  };
  const placed = placeNetwork(network, input);
  checkDigitSettings(placed, settings);
  checkPartners(placed, settings.partners ?? 1);
  checkOptimizer(settings);
  checkFits(placed, settings.optimizer);
  checkDropout(overrides.dropout, architecture, placed);
  return { network, ...actingSettings(settings, architecture, placed) };
}

const JOB = partly({
  id: text,
  architecture: text,
  seed: within(SEEDS),
  config: partly({ network: partly({}), dataset: partly({}), engine: partly({}) }),
});

/** @throws InvalidRequest where a job is not as `makeJob` made it: its id would be another run's */
export function checkJob(job: Job): void {
  JOB(job, "job");
  const { id, architecture, seed, config } = job;
  const due = jobId(architecture, seed, config);
  if (id !== due)
    throw new InvalidRequest(
      `job ${shown(id)} was changed: architecture, seed and configuration are those of ${due}: make jobs with makeJob`,
    );
}

/** The fields of a configuration and of what it holds, in the order in which they make an id. */
const ORDER: readonly (keyof RunConfig)[] = [
  ...(["network", "epochs", "batchSize", "learningRate", "optimizer", "dropout", "trainPairs", "testPairs"] as const),
  ...(["relation", "evaluate", "evaluateOn"] as const),
  ...OPTIONAL_SETTINGS,
  ...(["dataset", "engine"] as const),
];
const NETWORK_ORDER = ["trunk", "head", "auxiliaryWeight", "trunks", "pairWeight", "members"] as const;
const ENGINE_ORDER = ["version", "simd", "kernels"] as const;

/** The beginning of the SHA-256 of all that decides a run's bits. */
export function jobId(architecture: string, seed: number, config: RunConfig): string {
  const network = inOrder(config.network, NETWORK_ORDER);
  const engine = inOrder(config.engine, ENGINE_ORDER);
  // A data set's name decides nothing.
  const parts = { ...inOrder(config, ORDER), network, dataset: config.dataset.sha256, engine };
  const identity = JSON.stringify({ architecture, seed, config: parts });
  return bytesToHex(sha256(utf8ToBytes(identity))).slice(0, 16);
}

/** An object's fields by these names. */
const inOrder = <Whole extends object>(whole: Whole, names: readonly (keyof Whole)[]): Partial<Whole> =>
  Object.fromEntries(names.map((name) => [name, whole[name]])) as Partial<Whole>;
