import { anything, type Check, fields, finite, listOf, oneOf, optional, partly, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SETTING_LIMITS } from "../settings/table.js";
import type { Layer } from "./layers.js";

/** Channels, features and sides of windows. Beyond, no memory would do. */
const size = within({ least: 1, most: 1_000_000, whole: true });
const padding = within({ least: 0, most: 1_000_000, whole: true });
const window = { size, stride: optional(size), padding: optional(padding) };
/** The layers in them are placed, and checked, one by one. */
export const layers = listOf(anything);

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
 * The kind of a layer is known where its maker says it.
 *
 * @throws InvalidRequest naming what is unknown, missing or out of range
 */
export function checkFieldsOf(layer: Layer, name: string): void {
  CHECKS.get(layer.kind)?.(layer, name);
}

/**
 * @param name  the layer's place: "trunk.4.body.0"
 * @throws InvalidRequest naming what is unknown, missing or out of range
 */
export function checkLayer(layer: Layer, name: string): void {
  partly({})(layer, name);
  if (!CHECKS.has(layer.kind)) oneOf([...CHECKS.keys()].map(String))(layer.kind, `${name}.kind`);
  checkFieldsOf(layer, name);
  if (name.split(".").length > 2 * DEEPEST)
    throw new InvalidRequest(`${name.split(".", 2).join(".")}: residual layers are nested more than ${DEEPEST} deep`);
}
