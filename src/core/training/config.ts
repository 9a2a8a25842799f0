import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { findArchitecture } from "../architectures/index.js";
import { DEFAULT_PAIRS } from "../data/pairs.js";
import { checkPartners } from "../engine/partners.js";
import { InvalidRequest } from "../errors.js";
import { checkDigitSettings, DIGIT_PAIRS, type InputSpec, type Network, placeNetwork } from "../network/index.js";
import {
  type OptionalOverrides,
  type OptionalSettings,
  optionalSettings,
  withoutOptional,
} from "./optional-settings.js";
import { checkSettings, type TrainingSettings } from "./settings.js";

/** What a configuration's network names only where it is not what it is for most. */
type UnlessUsual = "pairWeight" | "members";

/** Everything besides the seed that decides a run's bits. */
export interface RunConfig extends TrainingSettings {
  readonly network: Required<Omit<Network, UnlessUsual>> & Pick<Network, UnlessUsual>;
  readonly dataset: DatasetIdentity;
  readonly engine: EngineIdentity;
}

export interface DatasetIdentity {
  readonly name: string;
  /** Of the four files' SHA-256 digests, in the order training images and labels, test images and labels. */
  readonly sha256: string;
}

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

/**
 * The job of an architecture under a seed. Its id is the beginning of the SHA-256 of all that decides the run's bits.
 *
 * @param input  what the data set's pairs look like
 * @throws InvalidRequest for an unknown architecture, or a setting or images that it cannot take.
 */
export function makeJob(
  name: string,
  seed: number,
  dataset: DatasetIdentity,
  engine: EngineIdentity,
  { auxiliaryWeight, pairWeight, members, ...overrides }: SettingOverrides = {},
  input: InputSpec = DIGIT_PAIRS,
): Job {
  const architecture = findArchitecture(name);
  const weight = pairWeight ?? architecture.pairWeight;
  const trunksOfOne = members ?? architecture.members ?? 1;
  const network = {
    trunk: architecture.trunk,
    head: architecture.head,
    auxiliaryWeight: auxiliaryWeight ?? architecture.auxiliaryWeight ?? 0,
    trunks: architecture.trunks ?? "shared",
    ...(weight !== undefined && { pairWeight: weight }),
    ...(trunksOfOne !== 1 && { members: trunksOfOne }),
  };
  const optional = optionalSettings(architecture, overrides);
  try {
    const placed = placeNetwork(network, input);
    checkDigitSettings(placed, optional);
    checkPartners(placed, optional.partners ?? 1);
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`) : error;
  }
  const { epochs, batchSize, learningRate, optimizer, dropout } = architecture;
  const config: RunConfig = {
    network,
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
    ...optional,
    dataset,
    engine,
  };
  checkSettings(config);
  // A data set's name decides nothing.
  const identity = JSON.stringify({ architecture: name, seed, config: { ...config, dataset: dataset.sha256 } });
  const id = bytesToHex(sha256(utf8ToBytes(identity))).slice(0, 16);
  return { id, architecture: name, seed, config };
}
