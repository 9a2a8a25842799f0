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
}
