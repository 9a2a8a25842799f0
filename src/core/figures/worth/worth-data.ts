import type { Worth } from "../../experiments/index.js";
import { finishedOf } from "../../experiments/shared/diverged.js";
import type { HintWorth, LadderCurve } from "../../experiments/worth/worth.js";
import { ln } from "../../statistics/logarithm.js";

// Positions are natural logarithms, on Plot's linear scales: its logarithmic ones use Math.log, which is not the same on every
// machine.

/** A mean over rounds at a number of pairs, with its interval. Without an interval, both ends are the mean. */
export interface ErrorMark {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** The lowest error that a logarithmic axis shows: half a wrong pair of a round's pairs. */
const shown = (error: number, testPairs: number): number => ln(Math.max(error, 0.5 / testPairs));

/** The means at sizes with at least one round that did not diverge. */
export function errorMarks({ points }: LadderCurve, testPairs: number): ErrorMark[] {
  return points
    .filter(({ testError }) => !Number.isNaN(testError.mean))
    .map(({ pairs, testError: { mean, ci95 } }) => {
      const [low, high] = ci95 ?? [mean, mean];
      return { x: ln(pairs), y: shown(mean, testPairs), low: shown(low, testPairs), high: shown(high, testPairs) };
    });
}

/** Every round's error. */
export function roundMarks({ points }: LadderCurve, testPairs: number): { readonly x: number; readonly y: number }[] {
  return points.flatMap(({ pairs, runs }) =>
    finishedOf(runs).map(({ testError }) => ({ x: ln(pairs), y: shown(testError, testPairs) })),
  );
}

/** The sizes at which rounds of a curve diverged, and how many: "×2". */
export const divergedMarks = ({ points }: LadderCurve): { readonly x: number; readonly text: string }[] =>
  points.flatMap(({ pairs, diverged }) => (diverged ? [{ x: ln(pairs), text: `×${diverged}` }] : []));

/** Arrows from the curve with a hint, at the headline's number of pairs, to the one without it, at the same error. */
export interface WorthArrow {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly hint: HintWorth;
}

export function worthArrows({ hints, testPairs }: Worth): WorthArrow[] {
  return hints
    .filter(({ factor }) => !Number.isNaN(factor))
    .map((hint) => ({
      from: ln(hint.at),
      to: ln(hint.pairsWithout),
      y: shown(hint.testError, testPairs),
      hint,
    }));
}

/** A factor with its interval. A bound has an arrow in the direction of the true factor. */
export interface FactorMark {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** Whether the bar goes on beyond that end, and whether the factor itself is a bound. */
  readonly up: boolean;
  readonly down: boolean;
  readonly bound: boolean;
}

export function factorMarks({ bySize }: HintWorth, sizes: readonly number[]): FactorMark[] {
  return bySize
    .filter(({ factor }) => !Number.isNaN(factor))
    .map(({ pairs, factor, ci95, bound }) => {
      const [low, high] = ci95 ?? [factor, factor];
      return {
        x: ln(pairs),
        y: ln(factor),
        low: ln(low ?? (sizes[0] as number) / pairs),
        high: ln(high ?? (sizes.at(-1) as number) / pairs),
        up: bound === "lower" || high === null,
        down: bound === "upper" || low === null,
        bound: bound !== undefined,
      };
    });
}

/** Moves places, in pixels downwards, so that they are at least `gap` apart and each is near its own. */
export function spreadApart(places: readonly number[], gap: number, lowest: number): number[] {
  const order = places.map((_, i) => i).toSorted((a, b) => (places[a] as number) - (places[b] as number));
  const apart = [...places];
  order.forEach((i, rank) => {
    const before = order[rank - 1];
    if (before !== undefined) apart[i] = Math.max(apart[i] as number, (apart[before] as number) + gap);
  });
  let limit = lowest;
  for (const i of order.toReversed()) {
    apart[i] = Math.min(apart[i] as number, limit);
    limit = (apart[i] as number) - gap;
  }
  return apart;
}
