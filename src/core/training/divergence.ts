/** Where a training left the numbers, and ended. */
export interface Divergence {
  /** From 1. */
  readonly epoch: number;
  /** From 1, over the whole training. Null of a run that an earlier version stored, which did not say it. */
  readonly step: number | null;
  /**
   * What was first: a loss of a batch or of an evaluation that is not finite, or too large; or a weight, a running statistic of
   * batch norm or an average of either that is not finite.
   */
  readonly what: "loss" | "weights";
}

/**
 * The largest loss, in nats a pair, that training goes on from: 2²⁴. Logits so far apart have their single-precision
 * neighbours a nat or more away.
 */
export const MOST_LOSS = 2 ** 24;

/** Whether a loss is one to go on from. */
export const isUsable = (loss: number): boolean => loss <= MOST_LOSS && loss >= -MOST_LOSS;

/** "epoch 1, step 7"; "epoch 1" where the step is not known. */
export const placeOf = ({ epoch, step }: Divergence): string =>
  step === null ? `epoch ${epoch}` : `epoch ${epoch}, step ${step}`;

/** "epoch 1, step 7, where its loss became too large or no number". */
export const placeAndCause = (divergence: Divergence): string =>
  `${placeOf(divergence)}, where ${divergence.what === "loss" ? "its loss became too large or no number" : "a weight became infinite or no number"}`;

/** "diverged at epoch 1, step 7, where its loss became too large or no number". */
export const divergedInWords = (divergence: Divergence): string => `diverged at ${placeAndCause(divergence)}`;
