import { type Augmentation, checkAugmentation } from "../data/augmentation.js";
import { checkPairing, type Pairing } from "../data/pairing.js";
import type { EvaluationPairs } from "../data/pairs.js";
import { InvalidRequest } from "../errors.js";

/** How a network is trained. */
export interface TrainingSettings {
  readonly epochs: number;
  /** Pairs in a batch. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly optimizer: "adam";
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
  /** How training images are changed each time that they are seen; absent: not. Evaluation sees them as they are. */
  readonly augmentation?: Augmentation;
  /** How training images are paired anew in each epoch; absent: they stay as drawn. Evaluation sees the pairs as drawn. */
  readonly pairing?: Pairing;
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
  if (settings.augmentation !== undefined) checkAugmentation(settings.augmentation);
  if (settings.pairing !== undefined) checkPairing(settings.pairing);
}
