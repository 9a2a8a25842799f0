import { within } from "../../checks.js";
import { FIRST_SEEDS } from "../../limits.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import { tuningSources } from "../shared/tunings.js";
import { cellCandidates, type NuisanceSettings } from "./candidates.js";
import { type Cell, cells } from "./factors.js";
import { afterStep, chosenOf, halvingSteps, nextStep, type TriedCandidate } from "./halving.js";
import { MOST_CANDIDATES } from "./limits.js";

/** A cell with the settings that it may be given. */
export interface TunedCell extends Cell {
  readonly candidates: readonly TriedCandidate[];
}

/** What the settings are chosen by. */
export interface TuningBudget {
  /** Of each cell. */
  readonly candidates: number;
  /** How many of them are trained in each step. */
  readonly steps: readonly number[];
  /** A seed for each step, tuning after tuning. */
  readonly seeds: readonly number[];
  /** Pairs of training images that the step's round does not train on. */
  readonly validationPairs: number;
}

/**
 * @param tunings  how often all cells are tuned, each time with seeds of its own
 * @throws InvalidRequest if a number is out of range
 */
export function tuningBudget(candidates: number, seed: number, validationPairs: number, tunings = 1): TuningBudget {
  within({ least: 1, most: MOST_CANDIDATES, whole: true })(candidates, "candidates");
  within(FIRST_SEEDS)(seed, "seed");
  within(SETTING_LIMITS.testPairs)(validationPairs, "validationPairs");
  const steps = halvingSteps(candidates);
  const seeds = tuningSources(seed, tunings, steps.length).flatMap((source) => source.seeds);
  return { candidates, steps, seeds, validationPairs };
}

/** All cells with the candidates of one tuning, before any is trained. @param seed  of the tuning's source */
export function startTuning({ candidates }: TuningBudget, seed: number): TunedCell[] {
  const drawn = cellCandidates(cells, candidates, seed);
  return cells.map((cell, i) => ({
    ...cell,
    candidates: (drawn[i] ?? []).map((settings) => ({ settings, errors: [] })),
  }));
}

/** A run that the next step of tuning needs: a cell's architecture with a candidate's settings. */
export interface CandidateRun {
  readonly architecture: string;
  readonly settings: NuisanceSettings;
}

/** The runs of the next step, cell by cell. */
export function candidateRuns(tuned: readonly TunedCell[]): CandidateRun[] {
  return tuned.flatMap(({ name, candidates }) =>
    nextStep(candidates).map((i) => ({
      architecture: name,
      settings: (candidates[i] as TriedCandidate).settings,
    })),
  );
}

/** The cells after a step, from the validation errors of `candidateRuns(tuned)`, in their order. */
export function withErrors(tuned: readonly TunedCell[], errors: readonly number[]): TunedCell[] {
  let used = 0;
  return tuned.map((cell) => {
    const own = errors.slice(used, used + nextStep(cell.candidates).length);
    used += own.length;
    return { ...cell, candidates: afterStep(cell.candidates, own) };
  });
}

/** @throws Error while several candidates are left */
export const chosenSettings = ({ candidates }: TunedCell): NuisanceSettings =>
  (candidates[chosenOf(candidates)] as TriedCandidate).settings;
