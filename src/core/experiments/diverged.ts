import { type Divergence, placeOf } from "../training/divergence.js";
import { percent } from "./format.js";

/** A run, or what an experiment keeps of one: it may have diverged, and has no errors then. */
export interface MayDiverge {
  readonly diverged?: Divergence;
}

/** The runs that did not diverge: those that errors are of. */
export const finishedOf = <Run extends MayDiverge>(runs: readonly Run[]): Run[] =>
  runs.filter(({ diverged }) => !diverged);

/** How many diverged, for a document: nothing where none did. */
export function divergedCount(runs: readonly MayDiverge[]): { readonly diverged?: number } {
  const diverged = runs.length - finishedOf(runs).length;
  return diverged > 0 ? { diverged } : {};
}

/** "2 of 10"; nothing where none diverged. */
export function divergedOf(runs: readonly MayDiverge[]): string {
  const { diverged } = divergedCount(runs);
  return diverged ? `${diverged} of ${runs.length}` : "";
}

/** An error in a table: "diverged" in place of one that a run does not have. */
export const errorText = ({ diverged }: MayDiverge, error: number, text = percent): string =>
  diverged ? "diverged" : text(error);

/** So many are named. */
const NAMED = 5;

/** "seed 3 at epoch 1, step 7; seed 5 at epoch 2, step 41"; the first few, and how many more. Empty where none diverged. */
export function divergedPlaces(runs: readonly (MayDiverge & { readonly seed: number })[]): string {
  const places = runs.flatMap(({ seed, diverged }) => (diverged ? [`seed ${seed} at ${placeOf(diverged)}`] : []));
  const more = places.length - NAMED;
  return [...places.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** "2 of 10 rounds diverged (seed 3 at epoch 1, step 7; seed 5 at epoch 2, step 41)"; undefined where none did. */
export function divergedRounds(runs: readonly (MayDiverge & { readonly seed: number })[]): string | undefined {
  const { diverged } = divergedCount(runs);
  if (diverged === undefined) return undefined;
  const which = runs.length === 1 ? "The only round" : `${diverged} of ${runs.length} rounds`;
  return `${which} diverged (${divergedPlaces(runs)})`;
}
