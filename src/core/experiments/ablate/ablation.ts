import { fewestRounds, mean } from "../../statistics/index.js";
import type { RunRecord } from "../../training/index.js";
import type { ConstantRounds } from "../shared/constant-answer.js";
import type { ExperimentContext } from "../shared/context.js";
import { type PairedTest, pairedTests } from "../shared/paired-tests.js";
import { everyRoundOf, type RoundResult, summarizeRounds } from "../shared/rounds.js";
import type { Spread } from "../shared/spread.js";
import type { NuisanceSettings } from "./candidates.js";
import { contrastOf, contrastValue, EFFECTS, effectsBeside } from "./contrasts.js";
import type { Factor, FactorSettings } from "./factors.js";
import { chosenOf, type TriedCandidate } from "./halving.js";
import type { TunedCell, TuningBudget } from "./tuning.js";

/** One network of the experiment. Errors are fractions of pairs. */
export interface AblatedCell {
  /** The architecture's. */
  readonly name: string;
  readonly factors: FactorSettings;
  readonly parameters: number;
  /** How many the errors are over. */
  readonly rounds: number;
  readonly trainError: Spread;
  readonly testError: Spread;
  /** How many rounds diverged; absent if none did. */
  readonly diverged?: number;
  /** In how many rounds it says the same to every pair; absent if in none. */
  readonly constantRounds?: ConstantRounds;
  /** Those chosen on validation pairs. */
  readonly settings: NuisanceSettings;
  readonly tuning: {
    /** The first has the architecture's own settings. */
    readonly candidates: readonly TriedCandidate[];
    /** The chosen one's place among them, from 0. */
    readonly chosen: number;
  };
  readonly runs: readonly RoundResult[];
}

/**
 * What one hint, or two together, do to the test error. If a network that it rests on diverged in a round, it is not stated: its
 * mean is NaN, its spread, interval and p are null.
 */
export interface Effect extends Omit<PairedTest, "exact"> {
  /** One: with minus without. Two: the effect of the first with the second, minus its effect without it. */
  readonly factors: readonly Factor[];
  /** Of each round, in the order of seeds; NaN if a network diverged. */
  readonly perRound: readonly number[];
  /** Of two factors: the mean effect of the first beside the second and without it. */
  readonly beside: { readonly present: number; readonly absent: number } | null;
}

/** What each hint is worth: errors of all cells, and the effects drawn from them. */
export interface Ablation extends ExperimentContext {
  readonly tuning: TuningBudget;
  readonly cells: readonly AblatedCell[];
  /** Main effects, then interactions. */
  readonly effects: readonly Effect[];
}

/**
 * Draws the conclusions from the reported runs: every cell in the same rounds.
 *
 * @param records  one of each cell and round
 * @throws Error if a cell lacks a round
 */
export function summarizeAblation(
  tuned: readonly TunedCell[],
  records: readonly RunRecord[],
  tuning: TuningBudget,
  context: ExperimentContext,
): Ablation {
  const ablated = tuned.map((cell) => summarizeCell(cell, records, context));
  return { ...context, tuning, cells: ablated, effects: effectsOf(ablated, context.seed) };
}

function summarizeCell(
  { name, factors, candidates }: TunedCell,
  all: readonly RunRecord[],
  context: ExperimentContext,
): AblatedCell {
  const records = everyRoundOf(name, all, context);
  const { runs, ...errors } = summarizeRounds(records);
  const chosen = chosenOf(candidates);
  return {
    name,
    factors,
    parameters: (records[0] as RunRecord).parameters,
    rounds: context.rounds,
    ...errors,
    settings: (candidates[chosen] as TriedCandidate).settings,
    tuning: { candidates, chosen },
    runs,
  };
}

/** All effects that apply among some cells, from the test errors of the rounds that they share. */
export function effectsOf(
  cells: readonly (Pick<AblatedCell, "factors"> & { readonly runs: readonly { readonly testError: number }[] })[],
  seed: number,
): Effect[] {
  const rounds = cells[0]?.runs.map((_, round) => cells.map(({ runs }) => runs[round]?.testError as number)) ?? [];
  const effects = EFFECTS.flatMap((factors) => {
    const contrast = contrastOf(factors, cells);
    return contrast ? [{ factors, perRound: rounds.map((errors) => contrastValue(contrast, errors)) }] : [];
  });
  const tests = pairedTests(
    effects.map(({ perRound }) => perRound),
    seed,
  );
  return effects.map(({ factors, perRound }, i) => {
    const { exact: _, ...test } = tests[i] as PairedTest;
    return { factors, ...test, ...(test.diverged && { mean: Number.NaN }), beside: besideOf(factors), perRound };
  });

  function besideOf([factor, other]: readonly Factor[]): Effect["beside"] {
    const halves = factor && other && effectsBeside(factor, other, cells);
    if (!halves) return null;
    const over = (contrast: readonly number[]) => mean(rounds.map((errors) => contrastValue(contrast, errors)));
    return { present: over(halves.present), absent: over(halves.absent) };
  }
}

/** Whether an effect differs from zero at 5% over all effects. */
export const isClear = ({ pHolm }: Pick<Effect, "pHolm">): boolean => pHolm !== null && pHolm <= 0.05;

/** Fewer rounds cannot show any effect at 5% over all of them. */
export const fewestRoundsFor = ({ effects }: Pick<Ablation, "effects">): number => fewestRounds(effects.length);
