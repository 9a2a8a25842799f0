import { holm, type Interval, mean, signFlip, signFlipInterval } from "../../statistics/index.js";
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
  /**
   * Of the mean: the inverted sign-flip test, so 0 lies outside exactly where `p` is at most 5%. Null too for fewer than six
   * rounds, whose differences bound nothing, and where all differences are equal.
   */
  readonly ci95: Interval | null;
  /**
   * The same at 95% over all that is tested together (Bonferroni), wider: it includes 0 wherever `pHolm` is above 5%. Null too with
   * fewer rounds than can show anything over so many tests.
   */
  readonly simultaneousCi95: Interval | null;
  /** Of the two-sided sign-flip test. */
  readonly p: number | null;
  /** `p` after Holm's correction over all that is tested together. */
  readonly pHolm: number | null;
  /** Whether the test counted every assignment of signs. */
  readonly exact: boolean | null;
}

const NO_INTERVAL = { ci95: null, simultaneousCi95: null };

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
      return { mean: ofFinished, diverged, sd: null, ...NO_INTERVAL, p: null, pHolm: null, exact: null };
    }
    const flip = flips[i];
    return {
      mean: settled(mean(values)),
      sd: standardDeviation(values) ?? null,
      ci95: signFlipInterval(values, seed) ?? null,
      simultaneousCi95: signFlipInterval(values, seed, { alpha: 0.05 / sets.length }) ?? null,
      p: flip?.p ?? null,
      pHolm: flip ? (corrected[i] as number) : null,
      exact: flip?.exact ?? null,
    };
  });
}
