import type { Leaf } from "../runs/flat.js";
import { isSetting, namesFrom, rowOf, type SettingName } from "./table.js";
import { valueText } from "./values.js";

/** Values that are shown beside the settings of a configuration, in another form than it has them. */
export const LAYERS = "layers";
export const IMAGES = "images";
export const KERNELS = "kernels";
export const START = "startingWeights";

const BESIDE = {
  "network.trunks": (trunks: Leaf) => (trunks === "shared" ? "shared trunk" : `${trunks} trunks`),
  [LAYERS]: (hash: Leaf) => `layers ${hash}`,
  [IMAGES]: (name: Leaf) => `images ${name}`,
  "engine.simd": (build: Leaf) => `${build} SIMD`,
  "engine.version": (version: Leaf) => `pairlab ${version}`,
  [KERNELS]: (hash: Leaf) => `kernels ${hash}`,
  [START]: (hash: Leaf) => (hash === null ? "no given weights" : `given weights ${hash}`),
} as const;

type Told = SettingName | keyof typeof BESIDE;

/** Settings that come first. The others follow in the table's order. */
const FIRST: readonly Told[] = [
  ...(["epochs", "trainPairs", "learningRate", "batchSize", "dropout", "auxiliaryWeight", "network.trunks"] as const),
  ...([
    "pairWeight",
    "members",
    "labelSmoothing",
    "labelFraction",
    "views",
    "augmentation",
    "partners",
    "pairing",
    LAYERS,
    START,
  ] as const),
  ...(["evaluateOn", "testPairs", "evaluate", IMAGES, "engine.simd", "engine.version", KERNELS] as const),
];

/** A setting with its value, in short: "learning rate 0.01"; null for none. */
export function settingWords(name: SettingName, value: Leaf): string {
  const { short, words } = rowOf(name);
  const text = valueText(name, value);
  return short ? short(text) : `${words} ${text}`;
}

/** A setting's path in a configuration. */
export const pathOf = (name: SettingName): string => (rowOf(name).place === "network" ? `network.${name}` : name);

/** Words for a value, by its path in a configuration, in the order in which they are shown. A value is null if there is none. */
export const SETTING_WORDS: Readonly<Record<string, (value: Leaf) => string>> = Object.fromEntries(
  [...FIRST, ...namesFrom().filter((name) => !FIRST.includes(name))].map((name) =>
    isSetting(name) ? [pathOf(name), (value: Leaf) => settingWords(name, value)] : [name, BESIDE[name]],
  ),
);
