import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Architecture, findArchitecture, ownArchitectures } from "../architectures/index.js";
import { finite, listOf, oneOf, optional, partly, shown, text, within } from "../checks.js";
import { shareOfYes } from "../data/drawing.js";
import type { ImageOptions } from "../data/image-options.js";
import type { PairRules } from "../data/pools.js";
import { type NamedRelation, type RelationName, relationNamed } from "../data/relations.js";
import { checkFits } from "../engine/optimizers/make.js";
import { checkPartners } from "../engine/pairs/partners.js";
import { InvalidRequest } from "../errors.js";
import { BUILDS, SEEDS } from "../limits.js";
import { checkDigitSettings, checkKnownClasses } from "../network/digit-settings.js";
import { DIGIT_PAIRS, type InputSpec, linear, type Network } from "../network/index.js";
import type { PlacedNetwork } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { FITS, type Fit } from "../pictures/prepare.js";
import { optionalSettings } from "../settings/optional-settings.js";
import type { ClassWord } from "../settings/row.js";
import { CONFIG_SETTINGS, NETWORK_SETTINGS, OPTIONAL_SETTINGS, SETTINGS, type SettingName } from "../settings/table.js";
import {
  checkOptimizer,
  type SettingOverrides,
  settingsCheck,
  type TrainingSettings,
} from "../settings/training-settings.js";
import { ownValue } from "../settings/values.js";
import { actingSettings, checkDropout } from "./acting-settings.js";
import { withActingSeeds } from "./stream-seeds.js";

/** The fields that a configuration's network always has. It has others only where their value is not the usual one. */
type Named = "trunk" | "head" | "auxiliaryWeight" | "trunks";

/** Everything that decides a run's bits, except the seed. */
export interface RunConfig extends TrainingSettings {
  readonly network: Required<Pick<Network, Named>> & Omit<Network, Named>;
  readonly dataset: ConfiguredDataset;
  readonly engine: EngineIdentity;
  /** Where training started from weights in a file. */
  readonly startingWeights?: StartingWeights;
}

/** Which weights training started from. */
export interface StartingWeights {
  /** The SHA-256 of their tensors, in the network's order, as a safetensors file of F32 without metadata. */
  readonly sha256: string;
  /** trunk: all trunks' weights; the head's are as the seed says. */
  readonly part: "network" | "trunk";
}

/** The identity of a run's images. */
export interface DatasetIdentity {
  readonly name: string;
  /** The SHA-256 of the four files' SHA-256 digests, in the order training images, training labels, test images, test labels. */
  readonly sha256: string;
}

/** What is known of a data set beside its numbers: its SHA-256 covers what of it decides a run's bits. */
export interface DatasetMeaning {
  /** What each class stands for in a relation, where that is not its number. */
  readonly values?: readonly number[];
  /** What the classes are called, where they have names. */
  readonly classes?: readonly string[];
  /** How pictures of another shape were made to fit. */
  readonly fit?: Fit;
  /** What lies around what is shown, 0–255 of each channel, where that is not 0. */
  readonly background?: readonly number[];
  /** What was asked of the images, where something was: for the command that repeats an experiment. */
  readonly asked?: ImageOptions;
  /** Where pairs are given with their answers: what is asked of them, and the share of those with the answer yes. */
  readonly listed?: { readonly relation: RelationName; readonly share: number };
}

/** Whether images are those that the paper's numbers are about: handwritten digits. */
export const isMnist = ({ name }: Pick<DatasetIdentity, "name">): boolean => name === "MNIST";

/** What an image is of, in a sentence. */
export const classWord = (dataset: Pick<DatasetIdentity, "name">): ClassWord => (isMnist(dataset) ? "digit" : "class");

/** What a class is called: by its name, else by what it stands for. */
export const className = ({ classes, values }: DatasetMeaning, number: number): string =>
  classes?.[number] ?? String(values?.[number] ?? number);

/** What a job is made for: images, and what their pairs look like. */
export interface ShapedDataset extends DatasetIdentity, DatasetMeaning {
  /** `inputOf` says it of images. */
  readonly shape: InputSpec;
  /** How many images each class has, by which it is known whether one answer is rare; default: as many of each. */
  readonly classCounts?: readonly number[];
}

/** As a configuration has it: the shape where it is another than MNIST's, 14×14 digits. The files decide the rest, so that no id has it. */
export type ConfiguredDataset = DatasetIdentity & Partial<ShapedDataset>;

/** The shape of a configuration's pairs. */
export const shapeOf = ({ shape }: ConfiguredDataset): InputSpec => shape ?? DIGIT_PAIRS;

/** What a configuration asks about its pairs. @throws InvalidRequest where its classes are not what the relation needs */
export const relationOf = ({ relation, dataset }: Pick<RunConfig, "relation" | "dataset">): NamedRelation =>
  relationNamed(relation, { values: dataset.values, classes: dataset.classes, count: shapeOf(dataset).classes });

/** By which a configuration's pairs are drawn. */
export function pairRulesOf(config: Pick<RunConfig, keyof PairRules | "dataset">): PairRules {
  const { trainPairs, testPairs, evaluateOn, balance, split, reuse, dataSeed } = config;
  return {
    trainPairs,
    testPairs,
    evaluateOn,
    relation: relationOf(config),
    ...(balance && { balance }),
    ...(split && { split }),
    ...(reuse && { reuse }),
    ...(dataSeed !== undefined && { dataSeed }),
  };
}

/** Which arithmetic a run had. */
export interface EngineIdentity {
  readonly version: string;
  readonly simd: (typeof BUILDS)[number];
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
const DATASET = partly({
  name: text,
  sha256: text,
  shape: partly({}),
  values: optional(listOf(finite)),
  classes: optional(listOf(text)),
  fit: optional(oneOf(FITS)),
  background: optional(listOf(finite)),
});
const ENGINE = partly({ version: text, simd: oneOf(BUILDS), kernels: text });

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
    const asked = { ...said(overrides), ...questionOf(overrides, dataset) };
    requireListable(architecture, asked, dataset);
    const { shape } = dataset;
    const config = {
      ...withActingSeeds(
        configOf(fitted(architecture, shape), { ...asked, ...usualRules(asked, dataset) }, shape),
        seed,
      ),
      dataset: configured(dataset),
      engine,
    };
    requireQuestion(config);
    return { id: jobId(name, seed, config), architecture: name, seed: seed + 0, config };
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`, { cause: error }) : error;
  }
}

/** Where one answer has more than this part of the pairs as they are drawn, they are balanced. */
const RARE_ANSWER = 0.8;
/** Of fewer classes, a question about new ones is not split by class where nobody says so: two are for test pairs, two for training pairs, and one more is to choose from. */
export const LEAST_CLASSES_TO_SPLIT = 5;

/** What is asked of pairs that are given with their answers. @throws InvalidRequest where something else is asked, or of other pairs */
function questionOf({ relation }: SettingOverrides, { listed }: ShapedDataset): Pick<SettingOverrides, "relation"> {
  if (listed && relation !== undefined && relation !== listed.relation)
    throw new InvalidRequest(
      `the pairs are given with their answers: relation ${shown(relation)} cannot be asked of them; leave it out`,
    );
  if (!listed && relation !== undefined && relationNamed(relation).listed)
    throw new InvalidRequest(
      `relation ${shown(relation)} is of pairs that a list gives: give the list as the data set`,
    );
  return listed ? { relation: listed.relation } : {};
}

/** @throws InvalidRequest where pairs are given with their answers, and a network must know classes, or the answers of other pairs */
function requireListable(architecture: Architecture, settings: SettingOverrides, dataset: ShapedDataset): void {
  const why = whyNotListed(architecture, settings, dataset);
  if (why !== undefined) throw new InvalidRequest(`${why}: take a network such as matching or weight-sharing`);
}

/** Why a network cannot learn pairs that are given with their answers; undefined where it can, or they are not given. */
export function whyNotListed(
  architecture: Architecture,
  settings: SettingOverrides,
  { listed, shape }: Pick<ShapedDataset, "listed" | "shape">,
): string | undefined {
  if (!listed) return undefined;
  const of = (name: SettingName) => settings[name] ?? ownValue(architecture, name);
  const unknown = shape.classes === 0 ? "these pairs have no classes" : "these pairs are given with their answers";
  const { head } = architecture;
  const [pairing, partners, auxiliaryWeight] = [of("pairing"), of("partners"), of("auxiliaryWeight")];
  const [first] = [
    ...(head.length === 0 || head.some(({ kind }) => kind === "ordinal")
      ? [`it decides by the images' classes, and ${unknown}`]
      : []),
    ...(shape.classes === 0 && Number(auxiliaryWeight) > 0
      ? [`it learns to name the images' classes, and ${unknown}`]
      : []),
    ...(pairing !== "drawn" ? [`${String(pairing)} pairs are new ones, whose answers the list does not give`] : []),
    ...(Number(partners) > 1 ? ["partners make new pairs, whose answers the list does not give"] : []),
  ];
  return first;
}

/** How a question's pairs are drawn where nobody says it: for the answer to mean something. */
export function usualRules(
  { relation: name = SETTINGS.relation.usual, split, balance, reuse }: SettingOverrides,
  dataset: ShapedDataset,
): { readonly split: "images" | "classes"; readonly balance: boolean } {
  const { listed } = dataset;
  const meaningless = split === "classes" ? "--split classes" : reuse ? "--reuse" : undefined;
  if (listed && meaningless) throw new InvalidRequest(`the list says which pairs there are: leave ${meaningless} out`);
  if (listed) return { split: "images", balance: balance ?? Math.max(listed.share, 1 - listed.share) > RARE_ANSWER };
  const relation = relationOf({ relation: name, dataset });
  const {
    shape: { classes },
    classCounts,
  } = dataset;
  const share = shareOfYes(classCounts ?? new Array(classes).fill(1000), relation);
  return {
    split: split ?? (relation.name === "equal" && classes >= LEAST_CLASSES_TO_SPLIT ? "classes" : "images"),
    balance: balance ?? Math.max(share, 1 - share) > RARE_ANSWER,
  };
}

/** By which pairs are drawn for a question, where nothing is known of a network. @throws InvalidRequest where the classes are not what it needs */
export function rulesFor(overrides: SettingOverrides, dataset: ShapedDataset): PairRules {
  const settings = { ...overrides, ...questionOf(overrides, dataset) };
  const given = (name: "trainPairs" | "testPairs" | "evaluateOn" | "relation") =>
    settings[name] ?? SETTINGS[name].usual;
  const { split, balance } = usualRules(settings, dataset);
  return pairRulesOf({
    trainPairs: given("trainPairs") as number,
    testPairs: given("testPairs") as number,
    evaluateOn: given("evaluateOn") as PairRules["evaluateOn"],
    relation: given("relation") as RunConfig["relation"],
    ...(split === "classes" && { split }),
    ...{ balance, reuse: settings.reuse ?? false, dataset },
    ...(settings.dataSeed !== undefined && { dataSeed: settings.dataSeed }),
  });
}

function configured(dataset: ShapedDataset): ConfiguredDataset {
  const { name, sha256, shape, values, classes: named, fit, background } = dataset;
  const { height, width, channels, classes } = shape;
  const isUsual = Object.entries(DIGIT_PAIRS).every(([field, value]) => shape[field as keyof InputSpec] === value);
  return {
    ...{ name, sha256, ...(!isUsual && { shape: { height, width, channels, classes } }) },
    ...(values && (named || !isNumbered(values, classes)) && { values: [...values] }),
    ...(named && { classes: [...named] }),
    ...(fit && { fit }),
    ...(background && { background: [...background] }),
  };
}

/** Whether classes stand for their numbers. */
const isNumbered = (values: readonly number[], classes: number): boolean =>
  values.length === classes && values.every((value, number) => value === number);

/** @throws InvalidRequest where the answer is the same for all pairs of classes: there is nothing to learn */
export function requireQuestion(config: Pick<RunConfig, "relation" | "dataset">): void {
  const relation = relationOf(config);
  if (relation.listed) return;
  const { classes } = shapeOf(config.dataset);
  const always = relation.holds(0, 0);
  for (let first = 0; first < classes; first++)
    for (let second = 0; second < classes; second++) if (relation.holds(first, second) !== always) return;
  if (classes > 1)
    throw new InvalidRequest(
      `relation ${shown(relation.name)} ${always ? "holds for all pairs" : "holds for no pair"} of the ${classes} classes: there is nothing to learn`,
    );
}

/**
 * An architecture whose trunk names as many classes as there are; the architectures are written for ten. Of your own networks it is
 * those that learn the classes, or decide by them: ten features may be just that.
 */
export function fitted(architecture: Architecture, { classes }: InputSpec): Architecture {
  const { trunk, head, auxiliaryWeight = 0 } = architecture;
  if (ownArchitectures().includes(architecture) && head.length > 0 && auxiliaryWeight === 0) return architecture;
  const last = trunk.at(-1);
  const isFitting = classes === DIGIT_PAIRS.classes || classes === 0;
  if (last?.kind !== "linear" || last.features !== DIGIT_PAIRS.classes || isFitting) return architecture;
  return { ...architecture, trunk: [...trunk.slice(0, -1), linear(classes)] };
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
  const placed = placedOn(network, input);
  checkDigitSettings(placed, settings);
  checkKnownClasses(settings);
  checkPartners(placed, settings.partners ?? 1);
  checkOptimizer(settings);
  checkFits(placed, settings.optimizer);
  checkDropout(overrides.dropout, architecture);
  return { network, ...actingSettings(settings, architecture) };
}

/** @throws InvalidRequest as `placeNetwork` does; where images are too small it says what would be large enough */
function placedOn(network: Network, input: InputSpec): PlacedNetwork {
  try {
    return placeNetwork(network, input);
  } catch (error) {
    const side = error instanceof InvalidRequest ? leastSide(network, input) : undefined;
    if (side === undefined) throw error;
    throw new InvalidRequest(`${(error as Error).message}; this network must see ${side}×${side} at least`, {
      cause: error,
    });
  }
}

/** No network here needs larger images. */
const MOST_LEAST_SIDE = 64;

/** The least height and width of images that a network fits, where those of `input` are less. */
function leastSide(network: Network, input: InputSpec): number | undefined {
  for (let side = Math.min(input.height, input.width) + 1; side <= MOST_LEAST_SIDE; side++)
    try {
      placeNetwork(network, { ...input, height: Math.max(input.height, side), width: Math.max(input.width, side) });
      return side;
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
    }
  return undefined;
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
const ORDER: readonly (keyof RunConfig)[] = [
  ...(["network", ...CONFIG_SETTINGS, ...OPTIONAL_SETTINGS, "dataset", "engine", "startingWeights"] as const),
];
const START_ORDER = ["sha256", "part"] as const;
const NETWORK_ORDER = [...new Set(["trunk", "head", "auxiliaryWeight", "trunks", ...NETWORK_SETTINGS] as const)];
const ENGINE_ORDER = ["version", "simd", "kernels"] as const;

/** The beginning of the SHA-256 of all that decides a run's bits. */
export function jobId(architecture: string, seed: number, config: RunConfig): string {
  const network = inOrder(config.network, NETWORK_ORDER);
  const engine = inOrder(config.engine, ENGINE_ORDER);
  // The data set's name changes no bits.
  const parts = { ...inOrder(config, ORDER), network, dataset: config.dataset.sha256, engine };
  const { startingWeights } = config;
  if (startingWeights) parts.startingWeights = inOrder(startingWeights, START_ORDER) as StartingWeights;
  const identity = JSON.stringify({ architecture, seed, config: parts });
  return bytesToHex(sha256(utf8ToBytes(identity))).slice(0, 16);
}

const inOrder = <Whole extends object>(whole: Whole, names: readonly (keyof Whole)[]): Partial<Whole> =>
  Object.fromEntries(names.map((name) => [name, whole[name]])) as Partial<Whole>;
