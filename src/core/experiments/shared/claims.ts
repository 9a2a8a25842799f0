import type { PairedTest } from "./paired-tests.js";

/** The fewest rounds for a claim; fewer are exploratory. */
export const ROUNDS_TO_CLAIM = 30;

/** A corrected p up to this is a difference that is shown. */
const SIGNIFICANT = 0.05;
/** Whether a difference is shown at 5% over everything that is tested together. */
export const isShown = ({ pHolm }: Pick<PairedTest, "pHolm">): boolean => pHolm !== null && pHolm <= SIGNIFICANT;

/** Says that rounds are too few for a claim; undefined if they are not. */
export const exploring = (rounds: number): string | undefined =>
  rounds < ROUNDS_TO_CLAIM ? `${rounds} rounds are exploratory; a claim needs ${ROUNDS_TO_CLAIM}.` : undefined;
