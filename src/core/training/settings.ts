import { checkAugmentation } from "../data/augmentation.js";
import { checkPairing } from "../data/pairing.js";
import type { EvaluationPairs } from "../data/pairs.js";
import { OPTIMIZERS, type OptimizerName } from "../engine/optimizers/make.js";
import { InvalidRequest } from "../errors.js";
import type { OptionalSettings } from "./optional-settings.js";
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

/**
 * @throws InvalidRequest naming the first setting that training cannot take
 */
export function checkSettings(settings: Partial<TrainingSettings>): void {
  const { epochs, batchSize, trainPairs, testPairs, learningRate, dropout } = settings;
  for (const [name, value] of Object.entries({ epochs, batchSize, trainPairs, testPairs }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new InvalidRequest(`${name} must be a whole number ≥ 1, not ${value}`);
  if (learningRate !== undefined && !(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY))
    throw new InvalidRequest(`learningRate must be a number above 0, not ${learningRate}`);
  if (dropout !== undefined && !(dropout >= 0 && dropout < 1))
    throw new InvalidRequest(`dropout must be at least 0 and below 1, not ${dropout}`);
  checkOptimizer(settings);
  if (settings.augmentation !== undefined) checkAugmentation(settings.augmentation);
  if (settings.pairing !== undefined) checkPairing(settings.pairing);
  const { partners } = settings;
  if (partners !== undefined && !(Number.isSafeInteger(partners) && partners >= 1))
    throw new InvalidRequest(`partners must be a whole number ≥ 1, not ${partners}`);
}

function checkOptimizer(settings: Partial<TrainingSettings>): void {
  const { optimizer = "adam", schedule, momentum, nesterov, weightDecay, clipNorm, weightAverage } = settings;
  if (!OPTIMIZERS.includes(optimizer))
    throw new InvalidRequest(`optimizer must be one of ${OPTIMIZERS.join(", ")}, not ${optimizer}`);
  if (schedule !== undefined && !SCHEDULES.includes(schedule))
    throw new InvalidRequest(`schedule must be one of ${SCHEDULES.join(", ")}, not ${schedule}`);
  if (momentum !== undefined && optimizer !== "sgd" && optimizer !== "muon")
    throw new InvalidRequest(`momentum is a setting of the optimizers sgd and muon, not of ${optimizer}`);
  if (nesterov !== undefined && optimizer !== "sgd")
    throw new InvalidRequest(`nesterov is a setting of the optimizer sgd, not of ${optimizer}`);
  for (const [name, value] of Object.entries({ momentum, weightAverage }))
    if (value !== undefined && !(value >= 0 && value < 1))
      throw new InvalidRequest(`${name} must be at least 0 and below 1, not ${value}`);
  if (nesterov && momentum === 0) throw new InvalidRequest("nesterov needs a momentum above 0");
  if (weightDecay !== undefined && !(weightDecay >= 0 && weightDecay < Number.POSITIVE_INFINITY))
    throw new InvalidRequest(`weightDecay must be a number ≥ 0, not ${weightDecay}`);
  if (clipNorm !== undefined && !(clipNorm > 0 && clipNorm < Number.POSITIVE_INFINITY))
    throw new InvalidRequest(`clipNorm must be a number above 0, not ${clipNorm}`);
}
