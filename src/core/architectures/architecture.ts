import type { Network } from "../network/index.js";
import type { OptionalSettings, OwnSettings } from "../settings/training-settings.js";

/** A named network with the settings that it is trained with unless told otherwise. */
export interface Architecture extends Network, OwnSettings, OptionalSettings {
  readonly name: string;
  readonly title: string;
  /** When it is evaluated; default after each epoch. */
  readonly evaluate?: "epoch" | "end";
  /** What the paper reports, where it does: fractions of pairs. */
  readonly paper?: PaperResult;
}

/** What the report prints of an architecture: means over its rounds and standard deviations, fractions of pairs. */
export interface PaperResult {
  readonly trainError: number;
  readonly trainSd: number;
  readonly testError: number;
  readonly testSd: number;
}

/** How the paper trains all five; it prints no dropout rate, 0.5 is this project's choice. */
export const PAPER_TRAINING = { epochs: 25, batchSize: 50, optimizer: "adam", dropout: 0.5 } as const;
