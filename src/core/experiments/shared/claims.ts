import type { PairedTest } from "./paired-tests.js";

/** The fewest rounds for a claim; fewer are exploratory. */
export const ROUNDS_TO_CLAIM = 30;

/** A corrected p up to this is a difference that is shown. */
const SIGNIFICANT = 0.05;
/** Whether a difference is shown at 5% over everything that is tested together. */
export const isShown = ({ pHolm }: Pick<PairedTest, "pHolm">): boolean => pHolm !== null && pHolm <= SIGNIFICANT;

/**
 * The interval to print beside a claim, or beside the words that none is shown: the two never contradict each other. A difference
 * that is shown has its own interval, without 0. One that is not shown has the interval over everything that is tested together,
 * with 0.
 */
export const statedInterval = (found: Pick<PairedTest, "pHolm" | "ci95" | "simultaneousCi95">): PairedTest["ci95"] =>
  isShown(found) ? found.ci95 : found.simultaneousCi95;

/** Says that rounds are too few for a claim; undefined if they are not. */
export const exploring = (rounds: number): string | undefined =>
  rounds < ROUNDS_TO_CLAIM ? `${rounds} rounds are exploratory; a claim needs ${ROUNDS_TO_CLAIM}.` : undefined;
