import {
  anything,
  type Check,
  counting,
  fields,
  finite,
  listOf,
  oneOf,
  optional,
  partly,
  refuse,
  within,
} from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SETTING_LIMITS } from "../limits.js";
import type { Layer } from "./layers.js";
import type { InputSpec, Network } from "./network.js";

/** Channels, features and sides of windows. Beyond, no memory would do. */
const size = within({ least: 1, most: 1_000_000, whole: true });
const padding = within({ least: 0, most: 1_000_000, whole: true });
const window = { size, stride: optional(size), padding: optional(padding) };
/** The layers in them are placed, and checked, one by one. */
const layers = listOf(anything);

type Fields = {
  readonly [Kind in Layer["kind"]]: Readonly<Record<Exclude<keyof Extract<Layer, { kind: Kind }>, "kind">, Check>>;
};

/** What each kind of layer has; a kind or a field that is missing here does not compile. */
const LAYERS: Fields = {
  convolution: { channels: size, kernel: size, stride: size, padding },
  "batch-norm": {},
  "max-pool": window,
  relu: {},
  dropout: { rate: optional(within(SETTING_LIMITS.dropout)) },
  flatten: {},
  linear: { features: size },
  "average-pool": window,
  "global-average-pool": {},
  residual: { layers, shortcut: layers },
  softmax: { groups: size, temperature: optional(within({ least: 0, most: 1_000_000, open: "least" })) },
  ordinal: {},
  "outer-product": {},
  gelu: {},
  silu: {},
  "leaky-relu": { slope: finite },
  "group-norm": { groups: size },
};

const CHECKS = new Map<unknown, Check>(
  Object.entries(LAYERS).map(([kind, own]) => [kind, fields({ kind: anything, ...own })]),
);

/** Residual layers within residual layers; one that holds itself would have no end. */
const DEEPEST = 32;

/**
 * @param name  the layer's place: "trunk.4.body.0"
 * @throws InvalidRequest naming what is unknown, missing or out of range
 */
export function checkLayer(layer: Layer, name: string): void {
  partly({})(layer, name);
  const check = CHECKS.get(layer.kind);
  if (!check) oneOf([...CHECKS.keys()].map(String))(layer.kind, `${name}.kind`);
  check?.(layer, name);
  if (name.split(".").length > 2 * DEEPEST)
    throw new InvalidRequest(`${name.split(".", 2).join(".")}: residual layers are nested more than ${DEEPEST} deep`);
}

const NETWORK = {
  trunk: layers,
  head: layers,
  auxiliaryWeight: optional(within(SETTING_LIMITS.auxiliaryWeight)),
  trunks: optional(oneOf(["shared", "separate"])),
  pairWeight: optional(within(SETTING_LIMITS.pairWeight)),
  members: optional(within(SETTING_LIMITS.members)),
};
/** An architecture is a network, with more that is no concern of the network's. */
const OF_ARCHITECTURES = [
  ...["name", "title", "paper", "epochs", "batchSize", "learningRate", "optimizer", "evaluate", "dropout"],
  ...["momentum", "nesterov", "weightDecay", "schedule", "clipNorm", "weightAverage", "labelSmoothing", "views"],
  ...["augmentation", "pairing", "partners"],
];
const checkFields = fields({ ...NETWORK, ...Object.fromEntries(OF_ARCHITECTURES.map((name) => [name, anything])) });

/** @throws InvalidRequest naming what is unknown, missing or out of range; layers are checked as they are placed */
export function checkNetwork(network: Network): void {
  if (typeof network === "string") refuse("a network", "an object, such as findArchitecture gives of a name", network);
  checkFields(network, "network");
}

const INPUT = fields({
  height: counting,
  width: counting,
  channels: counting,
  classes: within({ least: 1, most: 256, whole: true }),
});

export function checkInput(input: InputSpec): void {
  INPUT(input, "input");
}
