import { finite, partly, refuse } from "../../checks.js";
import {
  anytimeEquivalenceP,
  anytimeInterval,
  anytimeP,
  anytimeRoundsNeeded,
  holm,
  type Interval,
  mean,
} from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import { isShown } from "../shared/claims.js";
import { type PairedTest, settled } from "../shared/paired-tests.js";

/** A comparison that adds rounds until every difference is shown, or shown to be below a margin. */
export interface UntilShown {
  /** Differences below it do not matter, a fraction of pairs. Without it there is no equivalence. */
  readonly margin?: number | undefined;
}

/** Checks the options of `UntilShown`. */
export function checkUntil(until: UntilShown): void {
  partly({})(until, "until");
  const { margin } = until;
  if (margin === undefined) return;
  finite(margin, "until.margin");
  if (margin <= 0) refuse("until.margin", "a number above 0", margin);
}

/** What is known of a difference so far. */
export type Decision = "shown" | "equivalent" | "open" | "not tested";

/** A test that may be looked at after every round, in place of `PairedTest`: its p and intervals are those of `anytimeP`. */
export interface AnytimeTest extends PairedTest {
  readonly decision: Decision;
  /** That the difference is below the margin; absent without a margin and where rounds diverged. */
  readonly equivalence?: { readonly p: number; readonly pHolm: number };
  /**
   * About how many more rounds an open one takes, in four of five repetitions: the fewest if the true difference lies in the
   * interval, and the most for any true difference, which is null without a margin.
   */
  readonly moreRounds?: { readonly least: number; readonly most: number | null };
}

/** The fewest rounds that can decide anything: fewer are not looked at. */
export const FIRST_LOOK = 6;

/** Tests several sets of differences together, as `pairedTests` does. Claims of differences and of equivalence are each corrected. */
export function anytimeTests(sets: readonly (readonly number[])[], { margin }: UntilShown): AnytimeTest[] {
  const lost = sets.map((values) => values.some(Number.isNaN));
  const last = (p: readonly number[]) => p.at(-1) ?? Number.NaN;
  const p = sets.map((values, i) => (lost[i] ? Number.NaN : last(anytimeP(values))));
  const same = sets.map((values, i) =>
    lost[i] || margin === undefined ? Number.NaN : last(anytimeEquivalenceP(values, margin)),
  );
  const [corrected, sameCorrected] = [holm(p), holm(same)];
  return sets.map((values, i): AnytimeTest => {
    const finished = values.filter((value) => !Number.isNaN(value));
    const center = finished.length > 0 ? settled(mean(finished)) : Number.NaN;
    const none = { sd: null, ci95: null, simultaneousCi95: null, p: null, pHolm: null, exact: null };
    if (lost[i]) return { mean: center, diverged: values.length - finished.length, ...none, decision: "not tested" };
    const equivalence = margin === undefined ? undefined : { p: same[i] as number, pHolm: sameCorrected[i] as number };
    const test = {
      mean: center,
      sd: standardDeviation(values) ?? null,
      ci95: anytimeInterval(values) ?? null,
      simultaneousCi95: anytimeInterval(values, 0.05 / sets.length) ?? null,
      p: p[i] as number,
      pHolm: corrected[i] as number,
      exact: null,
      ...(equivalence && { equivalence }),
    };
    if (isShown(test)) return { ...test, decision: "shown" };
    if (equivalence && isShown(equivalence)) return { ...test, decision: "equivalent" };
    const more = moreRounds(test, margin, values.length);
    return { ...test, decision: "open", ...(more && { moreRounds: more }) };
  });
}

function moreRounds(
  { sd, simultaneousCi95: interval }: Pick<PairedTest, "sd" | "simultaneousCi95">,
  margin: number | undefined,
  rounds: number,
): AnytimeTest["moreRounds"] {
  if (sd === null || !interval) return undefined;
  const needed = (distance: number) => Math.max(1, anytimeRoundsNeeded({ mean: distance, sd }) - rounds);
  const quickest = Math.max(farthest(interval), margin === undefined ? 0 : margin - nearest(interval));
  // Half the margin is as far from 0 as from the margin.
  return { least: needed(quickest), most: margin === undefined ? null : needed(margin / 2) };
}

const farthest = (interval: Interval): number => Math.max(...interval.map(Math.abs));
const nearest = ([low, high]: Interval): number =>
  low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
