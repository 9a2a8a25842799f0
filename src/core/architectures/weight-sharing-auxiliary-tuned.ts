import { augmentations } from "../data/augmentation.js";
import type { Architecture } from "./architecture.js";
import { weightSharingAuxiliary } from "./weight-sharing-auxiliary.js";

const { trunk, head } = weightSharingAuxiliary;

/** The paper's layers with other training, on images and pairs that change, and with views in evaluation: docs/record.md. */
export const weightSharingAuxiliaryTuned: Architecture = {
  name: "weight-sharing-auxiliary-tuned",
  title: "weight sharing + auxiliary loss, tuned",
  epochs: 60,
  batchSize: 25,
  optimizer: "adamw",
  learningRate: 1.5e-2,
  weightDecay: 0.03,
  schedule: "one-cycle",
  labelSmoothing: 0.05,
  dropout: 0,
  augmentation: augmentations.strong,
  pairing: "shuffled",
  partners: 8,
  views: "shifts",
  evaluate: "end",
  trunk,
  head,
  auxiliaryWeight: 1,
};
