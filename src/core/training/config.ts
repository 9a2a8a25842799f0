import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { findArchitecture } from "../architectures/index.js";
import { InvalidRequest } from "../errors.js";
import { DIGIT_PAIRS, type InputSpec, type Network, placeNetwork } from "../network/index.js";

/** How a network is trained. */
export interface TrainingSettings {
  readonly epochs: number;
  /** Pairs in a batch. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly optimizer: "adam";
  /** Dropout rate of layers that name none. */
  readonly dropout: number;
  readonly trainPairs: number;
  readonly testPairs: number;
  readonly relation: "less-or-equal";
  /** Evaluate after each epoch, or at the end alone. */
  readonly evaluate: "epoch" | "end";
}

/**
 * @throws InvalidRequest naming the first setting that training cannot take
 */
export function checkSettings(settings: Partial<TrainingSettings>): void {
  const { epochs, batchSize, trainPairs, testPairs, learningRate, dropout } = settings;
  for (const [name, value] of Object.entries({ epochs, batchSize, trainPairs, testPairs }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new InvalidRequest(`${name} must be a whole number ≥ 1, not ${value}`);
  if (learningRate !== undefined && !(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY))
    throw new InvalidRequest(`learningRate must be a number above 0, not ${learningRate}`);
  if (dropout !== undefined && !(dropout >= 0 && dropout < 1))
    throw new InvalidRequest(`dropout must be at least 0 and below 1, not ${dropout}`);
}

/** Everything besides the seed that decides a run's bits. */
export interface RunConfig extends TrainingSettings {
  readonly network: Required<Network>;
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
export type SettingOverrides = Partial<TrainingSettings> & { readonly auxiliaryWeight?: number };

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
  { auxiliaryWeight, ...overrides }: SettingOverrides = {},
  input: InputSpec = DIGIT_PAIRS,
): Job {
  const architecture = findArchitecture(name);
  const network = {
    trunk: architecture.trunk,
    head: architecture.head,
    auxiliaryWeight: auxiliaryWeight ?? architecture.auxiliaryWeight ?? 0,
  };
  try {
    placeNetwork(network, input);
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
    trainPairs: 1000,
    testPairs: 1000,
    relation: "less-or-equal",
    evaluate: "epoch",
    ...overrides,
    dataset,
    engine,
  };
  checkSettings(config);
  // A data set's name decides nothing.
  const identity = JSON.stringify({ architecture: name, seed, config: { ...config, dataset: dataset.sha256 } });
  const id = bytesToHex(sha256(utf8ToBytes(identity))).slice(0, 16);
  return { id, architecture: name, seed, config };
}
