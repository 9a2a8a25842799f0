/** The step at which a training diverged and ended. */
export interface Divergence {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** The step, counted from 1 over the whole training. Null for runs of an earlier version, which did not record it. */
  readonly step: number | null;
  /**
   * The first thing that went wrong. "loss": the loss of a batch or of an evaluation was not finite or exceeded `MOST_LOSS`.
   * "weights": a weight, a running statistic of batch norm or an average of them was not finite.
   */
  readonly what: "loss" | "weights";
}

/**
 * The largest loss, in nats per pair, at which training continues: 2²⁴. Logits that far apart are a nat or more from their
 * neighbours in single precision.
 */
export const MOST_LOSS = 2 ** 24;

/** Whether training continues with a loss. */
export const isUsable = (loss: number): boolean => loss <= MOST_LOSS && loss >= -MOST_LOSS;

/** "epoch 1, step 7"; "epoch 1" where the step is not known. */
export const placeOf = ({ epoch, step }: Divergence): string =>
  step === null ? `epoch ${epoch}` : `epoch ${epoch}, step ${step}`;

/** "epoch 1, step 7, where its loss became too large or not a number". */
export const placeAndCause = (divergence: Divergence): string =>
  `${placeOf(divergence)}, where ${divergence.what === "loss" ? "its loss became too large or not a number" : "a weight became infinite or not a number"}`;

/** "diverged at epoch 1, step 7, where its loss became too large or not a number". */
export const divergedInWords = (divergence: Divergence): string => `diverged at ${placeAndCause(divergence)}`;
