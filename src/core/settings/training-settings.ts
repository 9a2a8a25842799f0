import { type Check, fields, flag, oneOf, optional, within } from "../checks.js";
import { checkAugmentation } from "../data/augmentation.js";
import { EVALUATION_PAIRS, type EvaluationPairs } from "../data/pairs.js";
import { OPTIMIZER_KINDS, OPTIMIZERS, type OptimizerName } from "../engine/optimizers/registry.js";
import { InvalidRequest } from "../errors.js";
import { SETTING_LIMITS } from "../limits.js";
import type { OptionalOverrides, OptionalSettings } from "./optional-settings.js";
import { SCHEDULES } from "./schedules.js";

/** How a network is trained. */
export interface TrainingSettings extends OptionalSettings {
  readonly epochs: number;
  /** Pairs in a batch. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly optimizer: OptimizerName;
  /** Dropout rate of layers that name none. */
  readonly dropout: number;
  readonly trainPairs: number;
  readonly testPairs: number;
  readonly relation: "less-or-equal";
  /** Evaluate after each epoch, or at the end alone. */
  readonly evaluate: "epoch" | "end";
  /**
   * Where the pairs that measure the trained network come from: MNIST's test images, or training images that the round
   * does not train on, for whoever has a choice to make. `testPairs`, `testError` and the like are of those pairs.
   */
  readonly evaluateOn: EvaluationPairs;
}

/** The settings, where what is optional may be switched off by name. */
type GivenSettings = Omit<TrainingSettings, keyof OptionalSettings> & OptionalOverrides;

const SETTINGS: Readonly<Record<keyof GivenSettings, Check>> = {
  epochs: within(SETTING_LIMITS.epochs),
  batchSize: within(SETTING_LIMITS.batchSize),
  learningRate: within(SETTING_LIMITS.learningRate),
  optimizer: oneOf(OPTIMIZERS),
  dropout: within(SETTING_LIMITS.dropout),
  trainPairs: within(SETTING_LIMITS.trainPairs),
  testPairs: within(SETTING_LIMITS.testPairs),
  relation: oneOf(["less-or-equal"]),
  evaluate: oneOf(["epoch", "end"]),
  evaluateOn: oneOf(EVALUATION_PAIRS),
  momentum: within(SETTING_LIMITS.momentum),
  nesterov: flag,
  weightDecay: within(SETTING_LIMITS.weightDecay),
  schedule: oneOf(["constant", ...SCHEDULES]),
  clipNorm: within(SETTING_LIMITS.clipNorm),
  weightAverage: within(SETTING_LIMITS.weightAverage),
  labelSmoothing: within(SETTING_LIMITS.labelSmoothing),
  views: oneOf(["shifts", "none"]),
  augmentation: checkAugmentation,
  pairing: oneOf(["swapped", "shuffled", "drawn"]),
  partners: within(SETTING_LIMITS.partners),
};

const OPTIONAL = Object.fromEntries(Object.entries(SETTINGS).map(([name, check]) => [name, optional(check)]));

/**
 * A check of settings from anywhere, each by itself: it throws InvalidRequest naming the first that is unknown, missing or out of
 * range.
 *
 * @param required  those that must be there
 * @param beside  what else may be there, by name
 */
export function settingsCheck(
  required: readonly (keyof TrainingSettings)[],
  beside: Readonly<Record<string, Check>>,
): Check {
  const due = Object.fromEntries(required.map((name) => [name, SETTINGS[name]]));
  return fields({ ...OPTIONAL, ...due, ...beside }, "setting");
}

/** @throws InvalidRequest where an optimizer has not the settings that it is given */
export function checkOptimizer({
  optimizer = "adam",
  momentum,
  nesterov,
}: Pick<OptionalOverrides, "momentum" | "nesterov"> & { readonly optimizer?: OptimizerName | undefined }): void {
  if (momentum !== undefined) requireOwn("momentum", optimizer);
  if (nesterov) requireOwn("nesterov", optimizer);
  if (nesterov && momentum === 0) throw new InvalidRequest("nesterov needs a momentum above 0");
}

function requireOwn(setting: "momentum" | "nesterov", optimizer: OptimizerName): void {
  const names = OPTIMIZERS.filter((name) => setting in OPTIMIZER_KINDS[name]);
  if (names.includes(optimizer)) return;
  const whose = `optimizer${names.length > 1 ? "s" : ""} ${names.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
  throw new InvalidRequest(`${setting} is a setting of the ${whose}, not of ${optimizer}`);
}
