import { batchNorm, convolution, flatten, type Layer, maxPool, type Network, relu } from "../network/index.js";
import type { OptionalSettings, OwnSettings } from "../settings/training-settings.js";

/** A named network, with the settings that it is trained with by default. */
export interface Architecture extends Network, OwnSettings, OptionalSettings {
  readonly name: string;
  readonly title: string;
  /** Whether it is evaluated after each epoch, the default, or only at the end. */
  readonly evaluate?: "epoch" | "end";
  /** The errors that the paper reports for it, if it does. */
  readonly paper?: PaperResult;
}

/** The paper's errors of an architecture: means over its rounds and their standard deviations, as fractions of pairs. */
export interface PaperResult {
  readonly trainError: number;
  readonly trainSd: number;
  readonly testError: number;
  readonly testSd: number;
}

/** How the paper trains all five. It prints no dropout rate: 0.5 is this project's choice. */
export const PAPER_TRAINING = { epochs: 25, batchSize: 50, optimizer: "adam", dropout: 0.5 } as const;

/** The paper's convolutions of 14×14 pixels, with batch norm: 256 features. */
export const PAPER_CONVOLUTIONS: readonly Layer[] = [
  ...[convolution(32, 5), batchNorm(), maxPool(2), relu()],
  ...[convolution(64, 2), batchNorm(), maxPool(2), relu()],
  flatten(),
];
