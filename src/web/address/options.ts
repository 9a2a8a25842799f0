import { parseNumber, parseWhole } from "../../core/formats/numbers.js";
import { quoted } from "../../core/given.js";
import { OPTIMIZERS, type OptimizerName, type SettingOverrides } from "../../core/index.js";

/** Settings that the page offers, under the command line's names for them. */
export type Settings = Pick<
  SettingOverrides,
  "epochs" | "batchSize" | "learningRate" | "dropout" | "auxiliaryWeight" | "optimizer" | "trainPairs"
>;

export interface NumberRange {
  readonly label: string;
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
  /** The end that does not belong. */
  readonly open?: "least" | "most";
}

interface NumberOption extends NumberRange {
  readonly setting: Exclude<keyof Settings, "optimizer">;
  /** As the command line and the address name it. */
  readonly option: string;
  /** What the paper has, in words. */
  readonly paper: string;
}

/** The paper's learning rates differ by network; its dropout rate is this project's choice. */
export const NUMBER_OPTIONS: readonly NumberOption[] = [
  { setting: "epochs", option: "epochs", label: "Epochs", whole: true, least: 1, most: 100_000, paper: "25" },
  {
    setting: "learningRate",
    option: "learning-rate",
    label: "Learning rate",
    whole: false,
    least: 0,
    most: 100,
    open: "least",
    paper: "0.002 or 0.003",
  },
  { setting: "batchSize", option: "batch-size", label: "Batch size", whole: true, least: 1, most: 10_000, paper: "50" },
  {
    setting: "dropout",
    option: "dropout",
    label: "Dropout rate",
    whole: false,
    least: 0,
    most: 1,
    open: "most",
    paper: "not printed; 0.5 here",
  },
  {
    setting: "auxiliaryWeight",
    option: "auxiliary-weight",
    label: "Auxiliary weight",
    whole: false,
    least: 0,
    most: 1000,
    paper: "0.5",
  },
  {
    setting: "trainPairs",
    option: "pairs",
    label: "Training pairs",
    whole: true,
    least: 1,
    most: 30_000,
    paper: "1000",
  },
];

export const OPTIMIZER_OPTION = { option: "optimizer", label: "Optimizer", paper: "adam" } as const;

/** @throws Error with one line: what is wrong and what would be right */
export function readNumber({ label, whole, least, most, open }: NumberRange, text: string): number {
  const value = whole ? parseWhole(text) : parseNumber(text);
  const isEnd = (value === least && open === "least") || (value === most && open === "most");
  if (value !== undefined && value >= least && value <= most && !isEnd) return value;
  const from = open === "least" ? `above ${least}` : `from ${least}`;
  const to = open === "most" ? `below ${most}` : `to ${most}`;
  throw new Error(`${label} must be a ${whole ? "whole " : ""}number ${from} ${to}, not ${quoted(text)}`);
}

/** @throws Error with one line: what is wrong and what would be right */
export function readOptimizer(text: string): OptimizerName {
  const found = OPTIMIZERS.find((name) => name === text);
  if (found) return found;
  throw new Error(`${OPTIMIZER_OPTION.label} must be one of ${OPTIMIZERS.join(", ")}, not ${quoted(text)}`);
}
