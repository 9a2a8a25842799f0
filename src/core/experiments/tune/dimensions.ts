import type { Architecture } from "../../architectures/index.js";
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
  /** What is possible at all; an end in `open` is not. */
  readonly possible:
    | { readonly low: number; readonly high: number; readonly open?: "low" | "high" }
    | readonly string[];
  readonly whole?: true;
  /** Of a range that the user gives. */
  readonly scale: Range["scale"];
  /** What the architecture has by itself. */
  readonly own: (architecture: Architecture) => SettingValue;
  /** Where it is searched unless the user says otherwise; an architecture's own value lies within, if it has one. */
  readonly around: (own: SettingValue) => Domain;
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
    possible: { low: 0, high: 100, open: "low" },
    scale: "log",
    own: ({ learningRate }) => learningRate,
    around: (own) => factorAround(own, 10),
    missing: () => undefined,
  },
  {
    setting: "batchSize",
    option: "batch-size",
    words: "batch size",
    possible: { low: 1, high: 10_000 },
    whole: true,
    scale: "log",
    own: ({ batchSize }) => batchSize,
    around: (own) => choices([0.5, 1, 2, 4].map((factor) => Math.round(Number(own) * factor) || 1)),
    missing: () => undefined,
  },
  {
    setting: "dropout",
    option: "dropout",
    words: "dropout rate",
    possible: { low: 0, high: 1, open: "high" },
    scale: "linear",
    own: ({ dropout }) => dropout,
    around: () => ({ kind: "range", low: 0, high: 0.7, scale: "linear" }),
    missing: ({ architecture: { trunk, head } }) =>
      [...trunk, ...head].some((layer) => layer.kind === "dropout" && layer.rate === undefined)
        ? undefined
        : "has no dropout layer",
  },
  {
    setting: "auxiliaryWeight",
    option: "auxiliary-weight",
    words: "auxiliary weight",
    possible: { low: 0, high: 1000, open: "low" },
    scale: "log",
    own: ({ auxiliaryWeight = 0 }) => auxiliaryWeight,
    around: (own) => factorAround(own, 10),
    missing: ({ architecture: { auxiliaryWeight = 0, head } }) => {
      if (auxiliaryWeight === 0) return "has no auxiliary loss";
      return head.length === 0 ? "has no other loss, and its optimizer does not feel a loss's scale" : undefined;
    },
  },
];

const factorAround = (own: SettingValue, factor: number): Range => ({
  kind: "range",
  low: Number((Number(own) / factor).toPrecision(12)),
  high: Number((Number(own) * factor).toPrecision(12)),
  scale: "log",
});

const choices = (values: readonly SettingValue[]): Choices => ({ kind: "choices", values: [...new Set(values)] });

/** Whether a value is one that the setting can have at all. */
export function isPossible({ possible, whole }: Dimension, value: SettingValue): boolean {
  if (isNames(possible)) return possible.includes(String(value));
  if (typeof value !== "number" || (whole && !Number.isSafeInteger(value))) return false;
  const { low, high, open } = possible;
  return value >= low && value <= high && !(open === "low" && value === low) && !(open === "high" && value === high);
}

/** What a setting can be, in words: "a number above 0 and at most 100". */
export function possibleWords({ possible, whole }: Dimension): string {
  if (isNames(possible)) return `one of ${possible.join(", ")}`;
  const { low, high, open } = possible;
  const from = open === "low" ? `above ${low}` : `at least ${low}`;
  const to = open === "high" ? ` and below ${high}` : ` and at most ${high}`;
  return `a ${whole ? "whole number" : "number"} ${from}${to}`;
}

const isNames = (possible: Dimension["possible"]): possible is readonly string[] => Array.isArray(possible);
