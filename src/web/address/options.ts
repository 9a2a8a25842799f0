import { parseNumber, parseWhole } from "../../core/formats/numbers.js";
import { quoted } from "../../core/given.js";
import {
  type Limits,
  OPTIMIZERS,
  type OptimizerName,
  SETTING_LIMITS,
  type SettingOverrides,
} from "../../core/index.js";
import { isWithin, limitsInWords } from "../../core/limits.js";

/** Settings that the page offers, under the command line's names for them. */
export type Settings = Pick<
  SettingOverrides,
  "epochs" | "batchSize" | "learningRate" | "dropout" | "auxiliaryWeight" | "optimizer" | "trainPairs"
>;

export interface NumberRange extends Limits {
  readonly label: string;
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
  { setting: "epochs", option: "epochs", label: "Epochs", ...SETTING_LIMITS.epochs, paper: "25" },
  {
    setting: "learningRate",
    option: "learning-rate",
    label: "Learning rate",
    ...SETTING_LIMITS.learningRate,
    paper: "0.002 or 0.003",
  },
  { setting: "batchSize", option: "batch-size", label: "Batch size", ...SETTING_LIMITS.batchSize, paper: "50" },
  {
    setting: "dropout",
    option: "dropout",
    label: "Dropout rate",
    ...SETTING_LIMITS.dropout,
    paper: "not printed; 0.5 here",
  },
  {
    setting: "auxiliaryWeight",
    option: "auxiliary-weight",
    label: "Auxiliary weight",
    ...SETTING_LIMITS.auxiliaryWeight,
    paper: "0.5",
  },
  { setting: "trainPairs", option: "pairs", label: "Training pairs", ...SETTING_LIMITS.trainPairs, paper: "1000" },
];

export const OPTIMIZER_OPTION = { option: "optimizer", label: "Optimizer", paper: "adam" } as const;

/** @throws Error with one line: what is wrong and what would be right */
export function readNumber({ label, ...limits }: NumberRange, text: string): number {
  const value = (limits.whole ? parseWhole : parseNumber)(text);
  if (value !== undefined && isWithin(value, limits)) return value;
  throw new Error(`${label} must be ${limitsInWords(limits)}, not ${quoted(text)}`);
}

/** @throws Error with one line: what is wrong and what would be right */
export function readOptimizer(text: string): OptimizerName {
  const found = OPTIMIZERS.find((name) => name === text);
  if (found) return found;
  throw new Error(`${OPTIMIZER_OPTION.label} must be one of ${OPTIMIZERS.join(", ")}, not ${quoted(text)}`);
}
