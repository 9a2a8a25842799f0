import type { PairedTest } from "./paired-tests.js";

/** Rounds from which on a result is claimed; fewer explore. */
export const ROUNDS_TO_CLAIM = 30;

/** A corrected p up to this is a difference that is shown. */
const SIGNIFICANT = 0.05;
/** Whether a difference is shown at 5% over all that is tested together. */
export const isShown = ({ pHolm }: Pick<PairedTest, "pHolm">): boolean => pHolm !== null && pHolm <= SIGNIFICANT;

/** That rounds are too few to claim what they show; undefined where they are not. */
export const exploring = (rounds: number): string | undefined =>
  rounds < ROUNDS_TO_CLAIM ? `${rounds} rounds are exploratory; a claim needs ${ROUNDS_TO_CLAIM}.` : undefined;
