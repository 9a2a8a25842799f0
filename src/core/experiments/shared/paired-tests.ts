import { bcaInterval, holm, type Interval, mean, signFlip } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";

/**
 * Paired differences over rounds, tested. Values that a single round cannot have are null. If a round diverged, all values but the
 * mean are null.
 */
export interface PairedTest {
  /** Over the rounds that did not diverge; NaN if all did. */
  readonly mean: number;
  /** How many rounds diverged, on at least one side; absent if none did. */
  readonly diverged?: number;
  /** Standard deviation of the rounds' differences, n − 1. */
  readonly sd: number | null;
  /** Of the mean: BCa bootstrap. Null too where all differences are equal. */
  readonly ci95: Interval | null;
  /** Of the two-sided sign-flip test. */
  readonly p: number | null;
  /** `p` after Holm's correction over all that is tested together. */
  readonly pHolm: number | null;
  /** Whether the test counted every assignment of signs. */
  readonly exact: boolean | null;
}

/** Without the rounding errors of decimal fractions: 0.3 − 0.2 − 0.1 is 0. */
export const settled = (value: number): number => Math.round(value * 1e12) / 1e12;

/**
 * Tests several sets of paired differences together; `p` is Holm-corrected over all of them, whether they are tested or not.
 *
 * @param sets  a round that diverged has NaN. Its set is not tested: the remaining rounds would flatter the side that diverged
 */
export function pairedTests(sets: readonly (readonly number[])[], seed: number): PairedTest[] {
  const flips = sets.map((values) =>
    values.length > 1 && !values.some(Number.isNaN) ? signFlip(values, seed) : undefined,
  );
  const corrected = holm(flips.map((flip) => flip?.p ?? Number.NaN));
  return sets.map((values, i) => {
    const finished = values.filter((value) => !Number.isNaN(value));
    const diverged = values.length - finished.length;
    if (diverged > 0) {
      const ofFinished = finished.length > 0 ? settled(mean(finished)) : Number.NaN;
      return { mean: ofFinished, diverged, sd: null, ci95: null, p: null, pHolm: null, exact: null };
    }
    const flip = flips[i];
    return {
      mean: settled(mean(values)),
      sd: standardDeviation(values) ?? null,
      ci95: bcaInterval(values, seed) ?? null,
      p: flip?.p ?? null,
      pHolm: flip ? (corrected[i] as number) : null,
      exact: flip?.exact ?? null,
    };
  });
}
