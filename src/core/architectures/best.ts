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

/** A 3×3 convolution that keeps the map's size, batch norm, the layers `then`, and ReLU. */
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

/** Below 1, so that beliefs are sharper when they are compared. */
const TEMPERATURE = 0.5;

/** Chosen only on validation pairs. docs/record.md says what its ingredients bring. */
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

/** The single network with the lowest error. It compares two beliefs exactly. */
export const best: Architecture = {
  name: "best",
  title: "best",
  ...RECIPE,
  trunk: TRUNK,
  head: [softmax(2, TEMPERATURE), ordinal()],
  auxiliaryWeight: 1,
  pairWeight: 0,
};

/** Four trunks like `best`'s, whose digit logits are averaged. */
export const bestEnsemble: Architecture = {
  ...best,
  name: "best-ensemble",
  title: "ensemble of best",
  epochs: 50,
  members: 4,
};

/** `best` with a learned comparison: for each answer, a table with a number for each of the 10×10 pairs of digits. */
export const bestLearned: Architecture = {
  name: "best-learned",
  title: "best with a learned comparison",
  ...RECIPE,
  trunk: TRUNK,
  head: [softmax(2, TEMPERATURE), outerProduct(), linear(2)],
  auxiliaryWeight: 1,
  partners: 99,
};
