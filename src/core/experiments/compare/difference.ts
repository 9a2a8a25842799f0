import type { Interval, NestedVariance, RoundsRange } from "../../statistics/index.js";
import type { General } from "../shared/general.js";
import type { PairedTest } from "../shared/paired-tests.js";
import type { AnytimeTest } from "./until.js";

/**
 * The test errors of two architectures, a − b in each round: negative where `a` is better. They are on all test pairs, if every network was
 * measured on them. With several tunings, what is tested is the mean of each tuning's rounds.
 */
export interface Difference extends PairedTest, Partial<Pick<AnytimeTest, "decision" | "equivalence" | "moreRounds">> {
  readonly a: string;
  readonly b: string;
  /** The mean difference for other images too, where verdicts on single pairs are known. */
  readonly general?: General;
  /** How much of a round's variance is tuning, if there are several tunings of several rounds and none diverged. */
  readonly variance?: NestedVariance;
  /** How often `a` has the lower error in a round, or on average in a tuning's. Null if one diverged. */
  readonly probabilityOfSuperiority: { readonly value: number; readonly ci95: Interval } | null;
  /**
   * How many rounds, or tunings if there are several, would show a difference of exactly this size four times in five. Null if no number would, if a round
   * diverged, and for one round, which says nothing about the spread. `roundsWithin` says how little is known of it.
   */
  readonly rounds: number | null;
  /** The same at both ends of `ci95`. Null without that interval. */
  readonly roundsWithin: RoundsRange | null;
  /** What was found, in plain English. */
  readonly sentence: string;
}
