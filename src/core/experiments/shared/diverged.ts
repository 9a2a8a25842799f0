import { type Interval, wilsonInterval } from "../../statistics/index.js";
import { listed, percent } from "../../text/format.js";
import { type Divergence, placeOf } from "../../training/divergence.js";

/** A run, or the part of it that an experiment keeps. If it diverged, it has no errors. */
export interface MayDiverge {
  readonly diverged?: Divergence;
}

/** The runs that did not diverge and so have errors. */
export const finishedOf = <Run extends MayDiverge>(runs: readonly Run[]): Run[] =>
  runs.filter(({ diverged }) => !diverged);

/** How many diverged, for a document: nothing where none did. */
export function divergedCount(runs: readonly MayDiverge[]): { readonly diverged?: number } {
  const diverged = runs.length - finishedOf(runs).length;
  return diverged > 0 ? { diverged } : {};
}

/** The share of rounds that diverged, as an estimate of how often such a training does. */
export interface DivergedShare {
  readonly value: number;
  /**
   * Wilson's 95% interval: it has a width also where no round diverged. Rounds of one tuning share its settings and may diverge together:
   * with several tunings each counts once, by its share.
   */
  readonly ci95: Interval;
}

/**
 * @param runs     at least one
 * @param tunings  that chose their settings, each for as many of them
 */
export function divergedShare(runs: readonly MayDiverge[], tunings = 1): DivergedShare {
  const { diverged = 0 } = divergedCount(runs);
  const units = tunings === 1 ? runs.length : tunings;
  return { value: diverged / runs.length, ci95: wilsonInterval((diverged * units) / runs.length, units) };
}

/** "2 of 30, 1.8–21%"; at the ends "0 of 30, at most 11%" and "30 of 30, at least 89%". */
export function divergedShareText(runs: readonly MayDiverge[], tunings = 1): string {
  const { diverged = 0 } = divergedCount(runs);
  const { ci95 } = divergedShare(runs, tunings);
  const [low, high] = ci95.map(wholePercent);
  const within =
    diverged === 0 ? `at most ${high}%` : diverged === runs.length ? `at least ${low}%` : `${low}–${high}%`;
  return `${diverged} of ${runs.length}, ${within}`;
}

/** "11" and, below ten percent, "1.8". */
const wholePercent = (share: number): string => (100 * share).toFixed(share < 0.0995 ? 1 : 0);

/** "2 of 10"; nothing where none diverged. */
export function divergedOf(runs: readonly MayDiverge[]): string {
  const { diverged } = divergedCount(runs);
  return diverged ? `${diverged} of ${runs.length}` : "";
}

/** An error in a table: "diverged" in place of one that a run does not have. */
export const errorText = ({ diverged }: MayDiverge, error: number, text = percent): string =>
  diverged ? "diverged" : text(error);

/** How many are named. */
const NAMED = 5;

/** "seed 3 at epoch 1, step 7; seed 5 at epoch 2, step 41"; the first few, and how many more. Empty where none diverged. */
export function divergedPlaces(runs: readonly (MayDiverge & { readonly seed: number })[]): string {
  const places = runs.flatMap(({ seed, diverged }) => (diverged ? [`seed ${seed} at ${placeOf(diverged)}`] : []));
  const more = places.length - NAMED;
  return [...places.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** Rounds of something, by its name in a sentence. */
export interface NamedRounds {
  readonly title: string;
  readonly runs: readonly (MayDiverge & { readonly seed: number })[];
}

/**
 * "2 of 10 rounds of MLP diverged (seed 3 at epoch 1, step 7; seed 5 at epoch 2, step 41)", for each that has such rounds;
 * undefined if none diverged.
 */
export function divergedRounds(...named: readonly NamedRounds[]): string | undefined {
  const each = named.flatMap(({ title, runs }) => {
    const { diverged } = divergedCount(runs);
    if (diverged === undefined) return [];
    const which = runs.length === 1 ? "the only round" : `${diverged} of ${runs.length} rounds`;
    return [`${which} of ${title} diverged (${divergedPlaces(runs)})`];
  });
  return each.length > 0 ? listed(each) : undefined;
}

/** "2 of 10 rounds of MLP and 1 of 10 of quick diverged"; undefined if none did. */
export function divergedBriefly(...named: readonly NamedRounds[]): string | undefined {
  const some = named.filter(({ runs }) => divergedOf(runs));
  const each = some.map(({ title, runs }, i) => `${divergedOf(runs)}${i === 0 ? " rounds" : ""} of ${title}`);
  return each.length > 0 ? `${listed(each)} diverged` : undefined;
}

/** Which rounds diverged, a sentence for each; none where none diverged. */
export const divergedSentences = (named: readonly NamedRounds[]): string[] =>
  named.flatMap((each) => {
    const found = divergedRounds(each);
    return found ? [`${found.replace(/^./, (letter) => letter.toUpperCase())}.`] : [];
  });

/** What a caption says about a table in which something diverged. */
export const OF_THE_OTHERS =
  "A round that diverged has no errors: its training reached values that are not finite numbers. Means, deviations and intervals are over the other rounds.";

/** A caption with that sentence, if something diverged. */
export const captioned = (caption: string, summaries: readonly { readonly diverged?: number }[]): string =>
  summaries.some(({ diverged }) => diverged) ? `${caption} ${OF_THE_OTHERS}` : caption;
