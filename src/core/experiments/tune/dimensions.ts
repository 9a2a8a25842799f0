import type { Architecture } from "../../architectures/index.js";
import { hasHiddenWeights } from "../../engine/optimizers/hidden-weights.js";
import { DEFAULT_MOMENTUM, defaultWeightDecay } from "../../engine/optimizers/make.js";
import { OPTIMIZERS, type OptimizerName } from "../../engine/optimizers/names.js";
import { isWithin, type Limits, limitsInWords } from "../../limits.js";
import { DIGIT_PAIRS, placeNetwork, withNested } from "../../network/index.js";
import { SCHEDULES } from "../../settings/schedules.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import type { SettingOverrides } from "../../training/index.js";
import type { Choices, Domain, Range, SettingValue } from "./domain.js";

/** A network with the settings that are held fixed while others are searched. */
export interface TunedNetwork {
  readonly architecture: Architecture;
  readonly fixed: SettingOverrides;
}

/** A setting that can be searched. */
export interface Dimension {
  readonly setting: keyof SettingOverrides;
  /** As the command line calls it. */
  readonly option: string;
  /** In a sentence. */
  readonly words: string;
  /** What is possible at all. */
  readonly possible: Limits | readonly string[];
  /** Of a range that the user gives. */
  readonly scale: Range["scale"];
  /** What the network has where it is not searched. */
  readonly own: (network: TunedNetwork) => SettingValue;
  /** Where it is searched unless the user says otherwise; an architecture's own value lies within, if it has one. */
  readonly around: (own: SettingValue, network: TunedNetwork) => Domain;
  /** Why a network has no such setting to choose, as in "mlp has no dropout"; undefined where it has. */
  readonly missing: (network: TunedNetwork) => string | undefined;
  /** Searched only where the user asks for it. */
  readonly onRequest?: true;
}

/** Every setting that can be searched, in the order in which tables and figures show them. */
export const DIMENSIONS: readonly Dimension[] = [
  {
    setting: "learningRate",
    option: "learning-rate",
    words: "learning rate",
    possible: SETTING_LIMITS.learningRate,
    scale: "log",
    own: ({ architecture }) => architecture.learningRate,
    around: (own) => factorAround(own, 10),
    missing: () => undefined,
  },
  {
    setting: "batchSize",
    option: "batch-size",
    words: "batch size",
    possible: SETTING_LIMITS.batchSize,
    scale: "log",
    own: ({ architecture }) => architecture.batchSize,
    around: (own) => choices([0.5, 1, 2, 4].map((factor) => Math.round(Number(own) * factor) || 1)),
    missing: () => undefined,
  },
  {
    setting: "dropout",
    option: "dropout",
    words: "dropout rate",
    possible: SETTING_LIMITS.dropout,
    scale: "linear",
    own: ({ architecture }) => architecture.dropout,
    around: () => ({ kind: "range", low: 0, high: 0.7, scale: "linear" }),
    missing: ({ architecture: { trunk, head } }) =>
      withNested([...trunk, ...head]).some((layer) => layer.kind === "dropout" && layer.rate === undefined)
        ? undefined
        : "has no dropout layer",
  },
  {
    setting: "auxiliaryWeight",
    option: "auxiliary-weight",
    words: "auxiliary weight",
    possible: { ...SETTING_LIMITS.auxiliaryWeight, open: "least" },
    scale: "log",
    own: ({ architecture }) => architecture.auxiliaryWeight ?? 0,
    around: (own) => factorAround(own, 10),
    missing: (network) => {
      if (!hasDigitLoss(network)) return "has no auxiliary loss";
      const only = network.architecture.head.length === 0;
      return only && optimizerOf(network) !== "sgd"
        ? `has no other loss, and ${optimizerOf(network)} does not feel a loss's scale`
        : undefined;
    },
  },
  {
    setting: "weightDecay",
    option: "weight-decay",
    words: "weight decay",
    possible: SETTING_LIMITS.weightDecay,
    scale: "log",
    own: (network) => settingsFor(network).weightDecay ?? defaultWeightDecay(optimizerOf(network)),
    // A penalty is felt at smaller rates than what is taken from the weights themselves, times the learning rate.
    around: (own, network) =>
      DECOUPLED.includes(optimizerOf(network)) ? rangeWith(own, 1e-3, 1) : rangeWith(own, 1e-6, 1e-2),
    missing: () => undefined,
  },
  {
    setting: "momentum",
    option: "momentum",
    words: "momentum",
    possible: SETTING_LIMITS.momentum,
    scale: "log of rest",
    own: (network) => settingsFor(network).momentum ?? DEFAULT_MOMENTUM[optimizerOf(network)] ?? 0,
    around: () => ({ kind: "range", low: 0.5, high: 0.99, scale: "log of rest" }),
    missing: (network) =>
      DEFAULT_MOMENTUM[optimizerOf(network)] ? undefined : `is trained by ${optimizerOf(network)}`,
  },
  {
    setting: "labelSmoothing",
    option: "label-smoothing",
    words: "label smoothing",
    possible: SETTING_LIMITS.labelSmoothing,
    scale: "linear",
    own: ({ architecture }) => architecture.labelSmoothing ?? 0,
    around: () => ({ kind: "range", low: 0, high: 0.3, scale: "linear" }),
    missing: (network) => (hasDigitLoss(network) ? undefined : "has no digits' loss to smooth"),
  },
  {
    setting: "optimizer",
    option: "optimizer",
    words: "optimizer",
    possible: OPTIMIZERS,
    scale: "linear",
    own: optimizerOf,
    around: (_, { architecture }) => ({ kind: "choices", values: optimizersFor(architecture) }),
    missing: () => undefined,
    onRequest: true,
  },
  {
    setting: "schedule",
    option: "schedule",
    words: "schedule",
    possible: ["constant", ...SCHEDULES],
    scale: "linear",
    own: ({ architecture }) => architecture.schedule ?? "constant",
    around: () => ({ kind: "choices", values: ["constant", ...SCHEDULES] }),
    missing: () => undefined,
    onRequest: true,
  },
];

/** Optimizers that do to a network what no other one does. */
export const optimizersFor = (architecture: Architecture): OptimizerName[] =>
  OPTIMIZERS.filter((name) => name !== "muon" || hasHiddenWeights(placeNetwork(architecture, DIGIT_PAIRS)));

/** Optimizers that take weight decay from the weights themselves. */
const DECOUPLED: readonly string[] = ["adamw", "lion", "muon"];

function optimizerOf({ architecture, fixed }: TunedNetwork): OptimizerName {
  return fixed.optimizer ?? architecture.optimizer;
}

/** The architecture's, which were chosen for its own optimizer. */
const settingsFor = (network: TunedNetwork): Pick<Architecture, "weightDecay" | "momentum"> =>
  optimizerOf(network) === network.architecture.optimizer ? network.architecture : {};

const hasDigitLoss = ({ architecture, fixed }: TunedNetwork): boolean =>
  (fixed.auxiliaryWeight ?? architecture.auxiliaryWeight ?? 0) > 0;

/** A range that holds the architecture's own value, where that is above 0. */
const rangeWith = (own: SettingValue, low: number, high: number): Range => ({
  kind: "range",
  low: Number(own) > 0 ? Math.min(low, Number(own)) : low,
  high: Math.max(high, Number(own)),
  scale: "log",
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
