import { adjustedShare } from "../../statistics/least-squares.js";
import { hasDiverged, ranked } from "../shared/halving.js";
import { placesOf, type SearchSpace } from "../shared/space.js";
import type { Trial } from "./search.js";

/**
 * How much a setting matters for the trials' validation errors: by how much the explained share of the variance of their ranks
 * falls when it is left out of a fit of all settings (adjusted R² of least squares; a quadratic of a range's place, a value of its
 * own for each choice; all trials in the first round of tuning, which all have had). Effects that settings have only
 * together, and those that two of them explain alike, are not counted for any. Ranks are used because it does not matter how much
 * worse a network is that learned nothing; trials that diverged share the last rank.
 *
 * @returns a share for each setting, 0 or more; undefined if there are too few trials
 */
export function importances(space: SearchSpace, trials: readonly Trial[]): number[] | undefined {
  const points = trials.flatMap(({ settings, errors }) => {
    const places = placesOf(space, settings).filter((place) => place !== undefined);
    const [error = Number.NaN] = errors;
    return places.length === space.length ? [{ places, error: Number.isNaN(error) ? Infinity : error }] : [];
  });
  const ranks = midranks(points.map(({ error }) => error));
  const columns = space.map(({ domain }, d) => {
    const places = points.map((point) => point.places[d] as number);
    if (domain.kind === "range") return [places, places.map((place) => place * place)];
    const parts = places.map((place) => Math.floor(place * domain.values.length));
    return domain.values.slice(1).map((_, i) => parts.map((part) => Number(part === i + 1)));
  });
  if (points.length - columns.flat().length - 1 < DEGREES) return undefined;
  // A fit that explains less than chance would explains nothing.
  const share = (of: readonly (readonly number[])[]) => Math.max(0, adjustedShare(of, ranks) ?? 0);
  const all = share(columns.flat());
  return space.map((_, d) => Math.max(0, all - share(columns.toSpliced(d, 1).flat())));
}

/** Degrees of freedom that a fit must leave to say anything. */
const DEGREES = 10;

/** The share of trials that tables and sentences show the settings of. */
const BEST = 0.2;

/** The best trials, as `ranked` has them, without those that diverged. */
export const bestTrials = (trials: readonly Trial[]): Trial[] =>
  ranked(trials)
    .slice(0, Math.ceil(BEST * trials.length))
    .map((i) => trials[i] as Trial)
    .filter(({ errors }) => !hasDiverged(errors));

/** 1 for the least; equal ones share the mean of their ranks. */
function midranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}
