import { betterHalf, ranked, type Tried } from "../shared/halving.js";
import type { NuisanceSettings } from "./candidates.js";

/** Settings that a cell may be given, with their errors in the rounds of tuning. */
export type TriedCandidate = Tried<NuisanceSettings>;

/** How many of `candidates` are trained in each step of successive halving: 8 in the first, then 4, then 2. */
export function halvingSteps(candidates: number): number[] {
  const steps: number[] = [];
  for (let left = candidates; left > 1; left = Math.ceil(left / 2)) steps.push(left);
  return steps;
}

/**
 * Which of a cell's candidates get one more round, as their places in order. First all; then the better half of those of the
 * last step, by all their rounds, and none that diverged. A single one has been chosen and needs no round.
 */
export function nextStep(candidates: readonly TriedCandidate[]): number[] {
  const left = stillIn(candidates);
  return left.length > 1 ? left : [];
}

/** The place of the candidate that is left. @throws Error while there are several */
export function chosenOf(candidates: readonly TriedCandidate[]): number {
  const [chosen, ...others] = stillIn(candidates);
  if (chosen === undefined || others.length > 0) throw new Error(`${others.length + 1} candidates are left`);
  return chosen;
}

/** The candidates after a step: `errors` are those of `nextStep(candidates)`, in that order. */
export function afterStep(candidates: readonly TriedCandidate[], errors: readonly number[]): TriedCandidate[] {
  const trained = nextStep(candidates);
  return candidates.map(({ settings, errors: before }, i) => {
    const at = trained.indexOf(i);
    return { settings, errors: at < 0 ? before : [...before, errors[at] as number] };
  });
}

function stillIn(candidates: readonly TriedCandidate[]): number[] {
  const rounds = Math.max(...candidates.map(({ errors }) => errors.length));
  const last = candidates.flatMap(({ errors }, i) => (errors.length === rounds ? [i] : []));
  if (rounds === 0) return last;
  const better = betterHalf(last.map((i) => (candidates[i] as TriedCandidate).errors));
  // If all of the last step diverged, this is the best that dropped out before, or else the first, the network's own settings.
  return better.length > 0 ? better.map((half) => last[half] as number) : ranked(candidates).slice(0, 1);
}
