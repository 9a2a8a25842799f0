import type { Augmentation } from "../data/augmentation.js";
import type { Pairing } from "../data/pairing.js";
import type { Network } from "../network/index.js";

/** A named network with the settings that it is trained with unless told otherwise. */
export interface Architecture extends Network {
  readonly name: string;
  readonly title: string;
  readonly epochs: number;
  /** Pairs in a batch. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly optimizer: "adam";
  /** Dropout rate of layers that name none. */
  readonly dropout: number;
  /** As in the training settings; absent: none. */
  readonly augmentation?: Augmentation;
  readonly pairing?: Pairing;
  /** What the paper reports, where it does: fractions of pairs. */
  readonly paper?: PaperResult;
}

export interface PaperResult {
  readonly trainError: number;
  readonly trainSd: number;
  readonly testError: number;
  readonly testSd: number;
}

/** How the paper trains all five; it prints no dropout rate, 0.5 is this project's choice. */
export const PAPER_TRAINING = { epochs: 25, batchSize: 50, optimizer: "adam", dropout: 0.5 } as const;
