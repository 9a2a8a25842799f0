import type { Architecture } from "../../architectures/index.js";
import type { OptimizerKind } from "../../engine/optimizers/optimizer.js";
import { OPTIMIZER_KINDS, OPTIMIZERS, type OptimizerName } from "../../engine/optimizers/registry.js";
import { isWithin, type Limits, limitsInWords } from "../../limits.js";
import { DIGIT_PAIRS } from "../../network/index.js";
import { placeNetwork } from "../../network/place-network.js";
import type { Choices, Domain, Range, SettingValue } from "../../settings/domain.js";
import { NETWORK_HAS } from "../../settings/has.js";
import { optionName } from "../../settings/options.js";
import type { Row, SettingSearch } from "../../settings/row.js";
import { namesFrom, rowOf, type SettingName } from "../../settings/table.js";
import { ownValue, titleOf } from "../../settings/values.js";
import type { SettingOverrides } from "../../training/index.js";

/** A network with the settings that are held fixed while others are searched. */
export interface TunedNetwork {
  readonly architecture: Architecture;
  readonly fixed: SettingOverrides;
}

/** A setting that can be searched. */
export interface Dimension {
  readonly setting: SettingName;
  /** As the command line calls it. */
  readonly option: string;
  /** In a sentence. */
  readonly words: string;
  /** All values that are possible. */
  readonly possible: Limits | readonly string[];
  /** The scale of a range that the user gives. */
  readonly scale: Range["scale"];
  /** The value of the network if it is not searched. */
  readonly own: (network: TunedNetwork) => SettingValue;
  /** Where it is searched by default; an architecture's own value lies within, if it has one. */
  readonly around: (own: SettingValue, network: TunedNetwork) => Domain;
  /** Where `ablate` draws it, if it does. */
  readonly ablated?: Range;
  /** Why a network has no such setting to choose, as in "mlp has no dropout"; undefined if it has one. */
  readonly missing: (network: TunedNetwork) => string | undefined;
  /** Whether it is searched only if the user asks for it. */
  readonly onRequest?: true;
}

/** Settings whose own value, usual range or existence depends on other settings. */
const RULES: Partial<Readonly<Record<SettingName, Partial<Pick<Dimension, "own" | "around" | "missing">>>>> = {
  auxiliaryWeight: {
    missing: (network) => {
      if (!hasDigitLoss(network)) return "has no auxiliary loss";
      const only = network.architecture.head.length === 0;
      return only && !kindOf(network).feelsScale
        ? `has no other loss, and the scale of a loss makes no difference to ${optimizerOf(network)}`
        : undefined;
    },
  },
  weightDecay: {
    own: (network) => settingsFor(network).weightDecay ?? kindOf(network).weightDecay,
  },
  momentum: {
    own: (network) => settingsFor(network).momentum ?? kindOf(network).momentum ?? 0,
    missing: (network) =>
      kindOf(network).momentum ? undefined : `is trained by ${optimizerOf(network)}, which has none`,
  },
  labelSmoothing: {
    missing: (network) => (hasDigitLoss(network) ? undefined : "has no loss on classes to smooth"),
  },
  optimizer: {
    own: optimizerOf,
    around: (_, { architecture }) => ({ kind: "choices", values: optimizersFor(architecture) }),
  },
};

/** Every setting that can be searched, in the order in which tables and figures show them. */
export const DIMENSIONS: readonly Dimension[] = namesFrom(
  ...(["learningRate", "batchSize", "dropout", "auxiliaryWeight", "weightDecay", "momentum"] as const),
  ...(["labelSmoothing", "optimizer", "schedule", "epochs"] as const),
).flatMap(dimensionOf);

function dimensionOf(setting: SettingName): Dimension[] {
  const row = rowOf(setting);
  const { search } = row;
  if (search === undefined || !("limits" in row || "names" in row)) return [];
  const possible = "limits" in row ? row.limits : row.names;
  return [
    {
      setting,
      option: optionName(setting),
      words: titleOf(setting),
      possible: search.possible ?? possible,
      scale: search.scale,
      own: ({ architecture }) => ownValue(architecture, setting) as SettingValue,
      around: (own, network) => domainAround(own, search, possible, network),
      ...(search.ablated && { ablated: { kind: "range", scale: search.scale, ...search.ablated } }),
      missing: (network) => missingFrom(network, row.of),
      ...(search.onRequest && { onRequest: true }),
      ...RULES[setting],
    },
  ];
}

function domainAround(
  own: SettingValue,
  { over, scale, decoupled }: SettingSearch,
  possible: Dimension["possible"],
  network: TunedNetwork,
): Domain {
  if (decoupled && kindOf(network).decoupled) return rangeWith(own, { ...decoupled, scale });
  if (over === "names") return { kind: "choices", values: isNames(possible) ? possible : [] };
  if ("factor" in over) return factorAround(own, over.factor);
  if ("factors" in over) return choices(over.factors.map((factor) => Math.round(Number(own) * factor) || 1));
  return rangeWith(own, { ...over, scale });
}

/** Why a network lacks the part that a setting belongs to. */
function missingFrom(network: TunedNetwork, of: Row["of"]): string | undefined {
  if (of === "dropout" && !NETWORK_HAS.dropout(network.architecture)) return "has no dropout layer";
  return of === "digits" && !hasDigitLoss(network) ? "learns no classes" : undefined;
}

/** Optimizers that train a network differently from all the others. */
export const optimizersFor = (architecture: Architecture): OptimizerName[] =>
  OPTIMIZERS.filter((name) => !OPTIMIZER_KINDS[name].refusal?.(placeNetwork(architecture, DIGIT_PAIRS)));

function optimizerOf({ architecture, fixed }: TunedNetwork): OptimizerName {
  return fixed.optimizer ?? architecture.optimizer;
}

const kindOf = (network: TunedNetwork): OptimizerKind => OPTIMIZER_KINDS[optimizerOf(network)];

/** The architecture's, which were chosen for its own optimizer. */
const settingsFor = (network: TunedNetwork): Pick<Architecture, "weightDecay" | "momentum"> =>
  optimizerOf(network) === network.architecture.optimizer ? network.architecture : {};

const hasDigitLoss = ({ architecture, fixed }: TunedNetwork): boolean =>
  (fixed.auxiliaryWeight ?? architecture.auxiliaryWeight ?? 0) > 0;

/** A range that holds the architecture's own value, if that is above 0. */
const rangeWith = (own: SettingValue, { low, high, scale }: Omit<Range, "kind">): Range => ({
  kind: "range",
  low: Number(own) > 0 ? Math.min(low, Number(own)) : low,
  high: Math.max(high, Number(own)),
  scale,
});

export const factorAround = (own: SettingValue, factor: number): Range => ({
  kind: "range",
  low: Number((Number(own) / factor).toPrecision(12)),
  high: Number((Number(own) * factor).toPrecision(12)),
  scale: "log",
});

const choices = (values: readonly SettingValue[]): Choices => ({ kind: "choices", values: [...new Set(values)] });

/** Whether a value is one that the setting can have at all. */
export function isPossible({ possible }: Dimension, value: SettingValue): boolean {
  if (isNames(possible)) return possible.includes(String(value));
  return typeof value === "number" && isWithin(value, possible);
}

/** What a setting can be, in words: "a number above 0 and at most 100". */
export const possibleWords = ({ possible }: Dimension): string =>
  isNames(possible) ? `one of ${possible.join(", ")}` : limitsInWords(possible);

export const isNames = (possible: Dimension["possible"]): possible is readonly string[] => Array.isArray(possible);
