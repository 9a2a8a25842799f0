import { InvalidRequest } from "../../errors.js";

/** Rounds of tuning have seeds from the first up to the second; rounds that check the choice, from there up to the third. */
const [TUNING, CHECKING, END] = [50_000, 60_000, 70_000];
/** The first seed counts modulo this, so up to 1,000 more rounds stay in their range. */
const PERIOD = 9_000;

const seedsFrom = (start: number, seed: number, rounds: number): number[] =>
  Array.from({ length: rounds }, (_, round) => start + (seed % PERIOD) + round);

/**
 * The seeds of the rounds by which an experiment with this first seed chooses settings.
 *
 * @param tuning  which of several tunings of so many rounds each, from 0: each has the seeds after those of the one before it
 */
export const tuningSeeds = (seed: number, rounds: number, tuning = 0): number[] =>
  seedsFrom(TUNING + tuning * rounds, seed, rounds);

/** The seeds of the rounds in which it checks what it chose. */
export const checkingSeeds = (seed: number, rounds: number): number[] => seedsFrom(CHECKING, seed, rounds);

/**
 * No reported round may have a seed by which any experiment chooses or checks settings.
 *
 * @param seed  of the first round
 * @throws InvalidRequest if one has
 */
export function checkReportedSeeds(seed: number, rounds: number): void {
  const last = seed + rounds - 1;
  if (last < TUNING || seed >= END) return;
  const those = rounds === 1 ? `seed ${seed} is one` : `seeds ${seed} to ${last} include some`;
  throw new InvalidRequest(
    `${those} of ${TUNING} to ${END - 1}, which are kept for choosing settings and are never reported on: give a first seed of at most ${TUNING - rounds}, or of at least ${END}`,
  );
}
