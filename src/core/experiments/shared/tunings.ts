import { InvalidRequest } from "../../errors.js";
import { MOST_ROUNDS } from "../../limits.js";
import { mean, type NestedVariance, nestedVariance } from "../../statistics/index.js";
import { nounFor } from "../../text/format.js";
import type { ExperimentContext } from "./context.js";
import { errorSpread, type Spread } from "./spread.js";
import { tuningSeeds } from "./tuning-seeds.js";

/** Rounds, and how many tunings they are dealt to: tuning t has those from t · rounds / tunings on. */
export type TunedRounds = Pick<ExperimentContext, "rounds" | "tunings">;

/** What one of several tunings draws from: nothing that another one has. */
export interface TuningSource {
  /** Of the stream that draws its candidates. */
  readonly seed: number;
  /** Of the rounds in which they are trained. */
  readonly seeds: readonly number[];
}

/**
 * The sources of each of several tunings. The first has the experiment's own seed, so it is the tuning of an experiment with one; each
 * other has the first of its own rounds' seeds, which is no experiment's first seed.
 *
 * @param steps  rounds that a tuning takes
 */
export function tuningSources(seed: number, tunings: number, steps: number): TuningSource[] {
  return Array.from({ length: tunings }, (_, tuning) => {
    const seeds = tuningSeeds(seed, steps, tuning);
    return { seed: tuning === 0 ? seed : (seeds[0] as number), seeds };
  });
}

/** @throws InvalidRequest if several tunings have more rounds together than an experiment can have */
export function allRounds(roundsOfEach: number, tunings: number): number {
  const rounds = roundsOfEach * tunings;
  if (rounds > MOST_ROUNDS)
    throw new InvalidRequest(
      `--tunings ${tunings} with --rounds ${roundsOfEach} each are ${rounds} rounds: there are at most ${MOST_ROUNDS}`,
    );
  return rounds;
}

/** Values of rounds, in their order, by tuning. */
export function byTuning<Value>(values: readonly Value[], tunings = 1): Value[][] {
  const each = values.length / tunings;
  return Array.from({ length: tunings }, (_, tuning) => values.slice(tuning * each, (tuning + 1) * each));
}

/**
 * The values that are independent of one another: with several tunings the mean of each tuning's rounds, which share its settings; with
 * one, whose settings are given, the rounds' own.
 *
 * @param values  of each round; a tuning with a NaN has NaN
 */
export const unitsOf = (values: readonly number[], tunings = 1): number[] =>
  tunings === 1 ? [...values] : byTuning(values, tunings).map(mean);

/**
 * The units of the rounds that did not diverge: with several tunings the mean of what each tuning has of them.
 *
 * @param values  of each round; NaN of one that diverged
 */
export function finishedUnits(values: readonly number[], tunings = 1): number[] {
  const finished = (own: readonly number[]) => own.filter((value) => !Number.isNaN(value));
  if (tunings === 1) return finished(values);
  return byTuning(values, tunings).flatMap((own) => (finished(own).length > 0 ? [mean(finished(own))] : []));
}

/**
 * The spread of errors over rounds, with an interval over units: `mean` is that of the units, `sd` that of the rounds.
 *
 * @param errors  fractions of pairs; NaN of a round that diverged, which is left out
 * @param pairs   of each round
 */
export function spreadOverUnits(errors: readonly number[], pairs: number, tunings = 1): Spread {
  const rounds = errorSpread(finishedUnits(errors), pairs);
  if (tunings === 1) return rounds;
  return { ...errorSpread(finishedUnits(errors, tunings), (pairs * errors.length) / tunings), sd: rounds.sd };
}

/** How much of a round's variance is tuning; undefined for one tuning, for one round of each, and where a round diverged. */
export function tuningVariance(
  values: readonly number[],
  { rounds, tunings = 1, seed }: TunedRounds & Pick<ExperimentContext, "seed">,
): NestedVariance | undefined {
  if (tunings === 1 || rounds === tunings || values.some(Number.isNaN)) return undefined;
  return nestedVariance(byTuning(values, tunings), seed);
}

/** The units of a test in words. */
export interface Units {
  /** How many there are. */
  readonly count: number;
  /** "round", or "tuning". */
  readonly one: string;
  /** "10 rounds", "10 tunings of 3 rounds". */
  readonly words: string;
  /** "30", "10 tunings of 3 rounds": what n is. */
  readonly n: string;
}

export function unitsIn({ rounds, tunings = 1 }: TunedRounds): Units {
  if (tunings === 1)
    return { count: rounds, one: "round", words: `${rounds} ${nounFor(rounds, "round")}`, n: String(rounds) };
  const each = rounds / tunings;
  const words = `${tunings} tunings of ${each} ${nounFor(each, "round")}`;
  return { count: tunings, one: "tuning", words, n: words };
}

/** What a caption says of intervals over several tunings. */
export const overTunings = (rounds: TunedRounds): string =>
  (rounds.tunings ?? 1) > 1 ? ` Intervals are over ${unitsIn(rounds).words}.` : "";

/** What one tuning leaves out of every interval and p. */
export const TUNED_ONCE =
  "Settings were tuned once: the intervals and p hold for the chosen settings, and not what another tuning would change.";

/** How the rounds of several tunings make one number, for the settings of a report; nothing for one tuning. */
export function unitSettings({
  rounds,
  tunings = 1,
}: TunedRounds): { readonly name: string; readonly value: string }[] {
  if (tunings === 1) return [];
  const each = rounds / tunings;
  return [
    {
      name: "Tunings",
      value: `${tunings}, each with candidates, rounds of tuning and ${each === 1 ? "a reported round" : `${each} reported rounds`} of its own; a tuning's value is the mean over its rounds, and intervals and tests are over these ${tunings} values`,
    },
  ];
}
