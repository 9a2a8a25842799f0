import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Architecture, findArchitecture } from "../architectures/index.js";
import { oneOf, partly, shown, text, within } from "../checks.js";
import { checkFits } from "../engine/optimizers/make.js";
import { checkPartners } from "../engine/pairs/partners.js";
import { InvalidRequest } from "../errors.js";
import { SEEDS } from "../limits.js";
import { checkDigitSettings, DIGIT_PAIRS, type InputSpec, type Network, placeNetwork } from "../network/index.js";
import { optionalSettings } from "../settings/optional-settings.js";
import { CONFIG_SETTINGS, NETWORK_SETTINGS, OPTIONAL_SETTINGS, SETTINGS, type SettingName } from "../settings/table.js";
import {
  checkOptimizer,
  type SettingOverrides,
  settingsCheck,
  type TrainingSettings,
} from "../settings/training-settings.js";
import { ownValue } from "../settings/values.js";
import { actingSettings, checkDropout } from "./acting-settings.js";

/** The fields that a configuration's network always has. It has others only where their value is not the usual one. */
type Named = "trunk" | "head" | "auxiliaryWeight" | "trunks";

/** Everything that decides a run's bits, except the seed. */
export interface RunConfig extends TrainingSettings {
  readonly network: Required<Pick<Network, Named>> & Omit<Network, Named>;
  readonly dataset: ConfiguredDataset;
  readonly engine: EngineIdentity;
}

/** The identity of a run's images. */
export interface DatasetIdentity {
  readonly name: string;
  /** The SHA-256 of the four files' SHA-256 digests, in the order training images, training labels, test images, test labels. */
  readonly sha256: string;
}

/** The identity of images, and the shape of their pairs. */
export interface ShapedDataset extends DatasetIdentity {
  /** `pooledInput` gives it. */
  readonly shape: InputSpec;
}

/** A configuration names the shape only where it is not MNIST's, 14×14 digits. No id depends on it, because the files decide it. */
export type ConfiguredDataset = DatasetIdentity & Partial<ShapedDataset>;

/** The shape of a configuration's pairs. */
export const shapeOf = ({ shape }: ConfiguredDataset): InputSpec => shape ?? DIGIT_PAIRS;

/** The identity of a run's arithmetic. */
export interface EngineIdentity {
  readonly version: string;
  readonly simd: "base" | "relaxed";
  /** The SHA-256 of the kernels' WASM. */
  readonly kernels: string;
}

/** A single training of an architecture from a seed. It is plain data, for any worker. */
export interface Job {
  readonly id: string;
  readonly architecture: string;
  readonly seed: number;
  readonly config: RunConfig;
}

const checkOverrides = settingsCheck([], {});
const DATASET = partly({ name: text, sha256: text, shape: partly({}) });
const ENGINE = partly({ version: text, simd: oneOf(["base", "relaxed"]), kernels: text });

/**
 * Makes the job of an architecture and a seed. Its id is the beginning of the SHA-256 of all that decides the run's bits. Settings
 * that give the same bits by definition give the same job: a default that is spelled out, or a value that changes nothing.
 *
 * @param overrides  settings that replace the architecture's own; undefined ones are ignored
 * @throws InvalidRequest where the architecture is unknown, or does not fit a setting or the images
 */
export function makeJob(
  name: string,
  seed: number,
  dataset: ShapedDataset,
  engine: EngineIdentity,
  overrides: SettingOverrides = {},
): Job {
  const architecture = findArchitecture(name);
  within(SEEDS)(seed, "seed");
  DATASET(dataset, "dataset");
  ENGINE(engine, "engine");
  try {
    checkOverrides(overrides, "");
    const config = {
      ...configOf(architecture, said(overrides), dataset.shape),
      dataset: configured(dataset),
      engine,
    };
    return { id: jobId(name, seed, config), architecture: name, seed: seed + 0, config };
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`, { cause: error }) : error;
  }
}

function configured({ name, sha256, shape }: ShapedDataset): ConfiguredDataset {
  const { height, width, channels, classes } = shape;
  const isUsual = Object.entries(DIGIT_PAIRS).every(([field, value]) => shape[field as keyof InputSpec] === value);
  return { name, sha256, ...(!isUsual && { shape: { height, width, channels, classes } }) };
}

/** The settings that are not undefined, with 0 for −0. */
const said = (overrides: SettingOverrides): SettingOverrides =>
  Object.fromEntries(
    Object.entries(overrides).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "number" ? value + 0 : value]],
    ),
  );

function configOf(
  architecture: Architecture,
  overrides: SettingOverrides,
  input: InputSpec,
): Omit<RunConfig, "dataset" | "engine"> {
  const of = (name: SettingName) => overrides[name] ?? ownValue(architecture, name);
  const named = { trunk: architecture.trunk, head: architecture.head, auxiliaryWeight: of("auxiliaryWeight") };
  const network = { ...named, trunks: architecture.trunks ?? "shared", ...unusual(of) } as RunConfig["network"];
  const settings = {
    ...Object.fromEntries(CONFIG_SETTINGS.map((name) => [name, of(name)])),
    ...optionalSettings(architecture, overrides),
  } as TrainingSettings;
  const placed = placeNetwork(network, input);
  checkDigitSettings(placed, settings);
  checkPartners(placed, settings.partners ?? 1);
  checkOptimizer(settings);
  checkFits(placed, settings.optimizer);
  checkDropout(overrides.dropout, architecture);
  return { network, ...actingSettings(settings, architecture) };
}

/** The settings of a network that are not the usual ones. */
const unusual = (of: (name: SettingName) => unknown): Partial<Network> =>
  Object.fromEntries(
    NETWORK_SETTINGS.flatMap((name) =>
      name === "auxiliaryWeight" || of(name) === SETTINGS[name].usual ? [] : [[name, of(name)]],
    ),
  );

const JOB = partly({
  id: text,
  architecture: text,
  seed: within(SEEDS),
  config: partly({ network: partly({}), dataset: partly({}), engine: partly({}) }),
});

/** @throws InvalidRequest where a job was changed after `makeJob`, so that its id would be another run's */
export function checkJob(job: Job): void {
  JOB(job, "job");
  const { id, architecture, seed, config } = job;
  const due = jobId(architecture, seed, config);
  if (id !== due)
    throw new InvalidRequest(
      `job ${shown(id)} was changed: architecture, seed and configuration are those of ${due}: make jobs with makeJob`,
    );
}

/** The fields of a configuration, in the order in which they make an id. */
const ORDER: readonly (keyof RunConfig)[] = ["network", ...CONFIG_SETTINGS, ...OPTIONAL_SETTINGS, "dataset", "engine"];
const NETWORK_ORDER = [...new Set(["trunk", "head", "auxiliaryWeight", "trunks", ...NETWORK_SETTINGS] as const)];
const ENGINE_ORDER = ["version", "simd", "kernels"] as const;

/** The beginning of the SHA-256 of all that decides a run's bits. */
export function jobId(architecture: string, seed: number, config: RunConfig): string {
  const network = inOrder(config.network, NETWORK_ORDER);
  const engine = inOrder(config.engine, ENGINE_ORDER);
  // The data set's name changes no bits.
  const parts = { ...inOrder(config, ORDER), network, dataset: config.dataset.sha256, engine };
  const identity = JSON.stringify({ architecture, seed, config: parts });
  return bytesToHex(sha256(utf8ToBytes(identity))).slice(0, 16);
}

const inOrder = <Whole extends object>(whole: Whole, names: readonly (keyof Whole)[]): Partial<Whole> =>
  Object.fromEntries(names.map((name) => [name, whole[name]])) as Partial<Whole>;
