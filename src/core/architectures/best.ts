import { augmentations } from "../data/augmentation.js";
import {
  batchNorm,
  convolution,
  dropout,
  flatten,
  type Layer,
  linear,
  maxPool,
  ordinal,
  outerProduct,
  relu,
  softmax,
} from "../network/index.js";
import type { Architecture } from "./architecture.js";

/** A 3×3 convolution that keeps the map's size, normalised; `then` stands before its ReLU. */
const layer = (channels: number, ...then: Layer[]): Layer[] => [
  convolution(channels, 3, { padding: 1 }),
  batchNorm(),
  ...then,
  relu(),
];

/** Two convolutions at 14×14, two at 7×7, one at 3×3. */
const TRUNK: readonly Layer[] = [
  ...[...layer(32), ...layer(32, maxPool(2))],
  ...[...layer(48), ...layer(48, maxPool(2))],
  ...[...layer(64), flatten(), dropout(), linear(10)],
];

/** How much sharper beliefs are before they are compared. */
const TEMPERATURE = 0.5;

/** Chosen on validation pairs alone; what each ingredient brings, as far as it is told: docs/record.md. */
const RECIPE = {
  epochs: 80,
  batchSize: 50,
  optimizer: "adamw",
  learningRate: 1e-2,
  weightDecay: 0.03,
  schedule: "one-cycle",
  labelSmoothing: 0.05,
  dropout: 0.1,
  augmentation: augmentations.strong,
  pairing: "shuffled",
  views: "shifts",
  evaluate: "end",
} as const;

/** The lowest error of one network: two beliefs, compared exactly. */
export const best: Architecture = {
  name: "best",
  title: "best",
  ...RECIPE,
  trunk: TRUNK,
  head: [softmax(2, TEMPERATURE), ordinal()],
  auxiliaryWeight: 1,
  pairWeight: 0,
};

/** Four of them: what they make of the digits is averaged. */
export const bestEnsemble: Architecture = {
  ...best,
  name: "best-ensemble",
  title: "ensemble of best",
  epochs: 50,
  members: 4,
};

/** The same with a comparison that is learned: what each pair of digits says is a table of 10×10 numbers for each answer. */
export const bestLearned: Architecture = {
  name: "best-learned",
  title: "best with a learned comparison",
  ...RECIPE,
  trunk: TRUNK,
  head: [softmax(2, TEMPERATURE), outerProduct(), linear(2)],
  auxiliaryWeight: 1,
  partners: 99,
};
