import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Architecture, architectures } from "../architectures/index.js";
import type { ConfiguredRun } from "../experiments/shared/method.js";
import { augmentationWords } from "../settings/augmentation-words.js";
import { IMAGES, KERNELS, LAYERS, pathOf, SETTING_WORDS, START } from "../settings/setting-words.js";
import { CONFIG_SETTINGS, NETWORK_SETTINGS, OPTIONAL_SETTINGS, rowOf, SETTING_NAMES } from "../settings/table.js";
import { type AnyValue, usualOf } from "../settings/values.js";
import type { RunConfig } from "../training/index.js";
import { flatten, type Leaf } from "./flat.js";
import { ownConfig } from "./own-settings.js";

/**
 * The differences between groups of runs, in words such as "epochs 3": how each differs from its architecture's own settings, and
 * what else differs among those of the same architecture, such as the engine's version. Two groups of one architecture with
 * different settings never have the same words.
 *
 * @param groups  one run of each group
 */
export function distinctions(groups: readonly ConfiguredRun[]): string[][] {
  const words: string[][] = groups.map(() => []);
  const indices = new Map<string, number[]>();
  groups.forEach(({ architecture }, i) => {
    const those = indices.get(architecture);
    if (those) those.push(i);
    else indices.set(architecture, [i]);
  });
  for (const [architecture, those] of indices) {
    const configs = those.map((i) => (groups[i] as ConfiguredRun).config);
    const all = wordsAmong(configs, ownConfig(architecture, configs[0] as RunConfig));
    those.forEach((index, i) => {
      words[index] = all[i] as string[];
    });
  }
  return words;
}

/** Words for each of several configurations of an architecture; its own is undefined if it is not known. */
function wordsAmong(configs: readonly RunConfig[], own: RunConfig | undefined): string[][] {
  const clashes = clashesAmong(configs);
  const layers = new Map<string, string>();
  const all = configs.map((config) => settingsIn(config, clashes, layers));
  const usual = usualSettings(own, configs[0] as RunConfig);
  const changedLayers = new Set(
    all.map((settings) => settings.get(LAYERS)).filter((hash) => hash !== usual.get(LAYERS)),
  );
  const names = new Set([...Object.keys(SETTING_WORDS), ...all.flatMap((settings) => [...settings.keys()])]);
  const words = configs.map((): string[] => []);
  for (const name of names) {
    const values = all.map((settings) => settings.get(name));
    const differ = new Set(values).size > 1;
    values.forEach((value, i) => {
      const told = usual.has(name) ? value !== usual.get(name) : differ;
      if (value === undefined || !told) return;
      const onlyOthers = name === LAYERS && own && changedLayers.size === 1;
      const inWords = SETTING_WORDS[name] ?? ((text: Leaf) => `${name} ${text}`);
      (words[i] as string[]).push(onlyOthers ? "other layers" : inWords(value));
    });
  }
  return words;
}

/** Settings by name, with as much of their values as is needed to tell them apart. */
type Settings = Map<string, Leaf>;

/** Names that stand for different things. */
interface Clashes {
  /** Names of data sets. */
  readonly images: ReadonlySet<string>;
  /** Builds of an engine's version. */
  readonly builds: ReadonlySet<string>;
}

const buildOf = ({ engine }: RunConfig): string => `${engine.version} ${engine.simd}`;

function clashesAmong(configs: readonly RunConfig[]): Clashes {
  const clashing = (name: (config: RunConfig) => string, thing: (config: RunConfig) => string): Set<string> => {
    const things = new Map(configs.map((config) => [name(config), thing(config)]));
    return new Set(configs.filter((config) => things.get(name(config)) !== thing(config)).map(name));
  };
  return {
    images: clashing(
      ({ dataset }) => dataset.name,
      ({ dataset }) => dataset.sha256,
    ),
    // Version and build say which kernels an engine has, except during its development.
    builds: clashing(buildOf, ({ engine }) => engine.kernels),
  };
}

/** @param layers  hashes of layers that are already known, by the layers as JSON */
function settingsIn(config: RunConfig, clashes: Clashes, layers: Map<string, string> = new Map()): Settings {
  const { network, dataset, engine, startingWeights, ...training } = config;
  const { trunk, head, ...rest } = network;
  const { kernels, ...build } = engine;
  const settings = flatten({ network: rest, engine: build });
  for (const name of CONFIG_SETTINGS) settings.set(name, training[name]);
  for (const name of OPTIONAL_SETTINGS) settings.set(name, leafOf(training[name]));
  for (const name of NETWORK_SETTINGS) settings.set(pathOf(name), leafOf(network[name] ?? usualOf(name)));
  const text = JSON.stringify([trunk, head]);
  const hash = layers.get(text) ?? short(bytesToHex(sha256(utf8ToBytes(text))));
  layers.set(text, hash);
  settings.set(LAYERS, hash);
  settings.set(START, startingWeights ? short(startingWeights.sha256) : null);
  const { name } = dataset;
  settings.set(IMAGES, clashes.images.has(name) ? `${name} ${short(dataset.sha256)}` : name);
  if (clashes.builds.has(buildOf(config))) settings.set(KERNELS, short(kernels));
  return settings;
}

/** Settings that need not be mentioned: an architecture's own, or those that all have in common, on MNIST. */
function usualSettings(own: RunConfig | undefined, like: RunConfig): Settings {
  const any = own ?? ownConfig((architectures[0] as Architecture).name, like);
  const usual = any ? settingsIn(any, clashesAmong([])) : new Map<string, Leaf>();
  for (const name of own ? OF_THE_ENGINE : [...OF_THE_ENGINE, ...OF_AN_ARCHITECTURE]) usual.delete(name);
  return usual.set(IMAGES, "MNIST");
}

const OF_THE_ENGINE = ["engine.version"];
const OF_AN_ARCHITECTURE = [
  LAYERS,
  "network.trunks",
  ...SETTING_NAMES.filter((name) => rowOf(name).place !== "config" || usualOf(name) === undefined).map(pathOf),
];

/** A setting's value in a form that can be compared: an augmentation in words, null for none. */
const leafOf = (value: AnyValue | undefined): Leaf =>
  typeof value === "object" ? augmentationWords(value) : (value ?? null);

const short = (digest: string): string => digest.slice(0, 8);
