import { fewestRounds, mean, type NestedVariance } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import type { RunRecord } from "../../training/index.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import type { ConstantRounds } from "../shared/constant-answer.js";
import type { ExperimentContext } from "../shared/context.js";
import { finishedOf, type MayDiverge } from "../shared/diverged.js";
import { type General, generalOf } from "../shared/general.js";
import { type PairedTest, pairedTests } from "../shared/paired-tests.js";
import { everyRoundOf, type RoundResult, summarizeRounds } from "../shared/rounds.js";
import type { Spread } from "../shared/spread.js";
import { tuningVariance, unitsOf } from "../shared/tunings.js";
import type { NuisanceSettings } from "./candidates.js";
import { contrastOf, contrastValue, EFFECTS, effectsBeside } from "./contrasts.js";
import { type Cell, cells, type Factor, type FactorSettings } from "./factors.js";
import { chosenOf, type TriedCandidate } from "./halving.js";
import type { TunedCell, TuningBudget } from "./tuning.js";

/** What one tuning chose for a network. */
export interface ChosenSettings {
  /** Those chosen on validation pairs. */
  readonly settings: NuisanceSettings;
  /** The first has the architecture's own settings. */
  readonly candidates: readonly TriedCandidate[];
  /** The chosen one's place among them, from 0. */
  readonly chosen: number;
}

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
  /** The mean test error for other images too, where verdicts on single pairs are known. */
  readonly general?: General;
  /** How many rounds diverged; absent if none did. */
  readonly diverged?: number;
  /** In how many rounds it says the same to every pair; absent if in none. */
  readonly constantRounds?: ConstantRounds;
  /** Those that the first tuning chose. */
  readonly settings: NuisanceSettings;
  readonly tuning: Omit<ChosenSettings, "settings">;
  /** What each tuning chose, if there are several. */
  readonly tunings?: readonly ChosenSettings[];
  readonly runs: readonly RoundResult[];
}

/**
 * What one hint, or two together, do to the test error. If a network that it rests on diverged in a round, it is not stated: its
 * mean is NaN, its spread, interval and p are null.
 */
export interface Effect extends Omit<PairedTest, "exact"> {
  /** One: with minus without. Two: the effect of the first with the second, minus its effect without it. */
  readonly factors: readonly Factor[];
  /** The mean for other images too, where verdicts on single pairs are known. */
  readonly general?: General;
  /** Of each round, in the order of seeds; NaN if a network diverged. */
  readonly perRound: readonly number[];
  /** The means that it is tested on, of each tuning's rounds, if there are several tunings. */
  readonly perTuning?: readonly number[];
  /** How much of a round's variance is tuning, if there are several tunings of several rounds and none diverged. */
  readonly variance?: NestedVariance;
  /** Of two factors: the mean effect of the first beside the second and without it. */
  readonly beside: { readonly present: number; readonly absent: number } | null;
}

/** What each hint is worth: errors of all cells, and the effects drawn from them. */
export interface Ablation extends ExperimentContext {
  readonly tuning: TuningBudget;
  readonly cells: readonly AblatedCell[];
  /** The pairs of each round that effects are on: all test pairs, if every network was measured on them, otherwise a round's own. */
  readonly effectPairs: number;
  /** Main effects, then interactions. */
  readonly effects: readonly Effect[];
}

/** What each tuning chose for a network: one, or several. */
export const choicesOf = ({ settings, tuning, tunings }: AblatedCell): readonly ChosenSettings[] =>
  tunings ?? [{ settings, ...tuning }];

/**
 * Draws the conclusions from the reported runs: every cell in the same rounds.
 *
 * @param tunings  the cells as each tuning left them
 * @param records  one of each cell and round
 * @throws Error if a cell lacks a round
 */
export function summarizeAblation(
  tunings: readonly (readonly TunedCell[])[],
  records: readonly MeasuredRun[],
  tuning: TuningBudget,
  context: ExperimentContext,
): Ablation {
  const ablated = cells.map((cell, i) =>
    summarizeCell(
      cell,
      tunings.map((tuned) => chosenFor(tuned[i] as TunedCell)),
      records,
      context,
    ),
  );
  const byId = new Map(records.map((record) => [record.id, record]));
  const measured = ablated.map(({ runs }) => runs.map(({ id }) => byId.get(id) as MeasuredRun));
  const [pairs] = areOnAllTestPairs(ablated)
    ? measured.flat().flatMap(({ allTestPairs }) => allTestPairs?.pairs ?? [])
    : measured.flat().map(({ config }) => config.testPairs);
  const effectPairs = pairs ?? 0;
  const effects = effectsOf(ablated, context, { measured, pairs: effectPairs });
  return { ...context, tuning, cells: ablated, effectPairs, effects };
}

function chosenFor({ candidates }: TunedCell): ChosenSettings {
  const chosen = chosenOf(candidates);
  return { settings: (candidates[chosen] as TriedCandidate).settings, candidates, chosen };
}

function summarizeCell(
  { name, factors }: Cell,
  choices: readonly ChosenSettings[],
  all: readonly MeasuredRun[],
  context: ExperimentContext,
): AblatedCell {
  const records = everyRoundOf(name, all, context);
  const { runs, ...errors } = summarizeRounds(records, context.tunings);
  const { settings, ...tuning } = choices[0] as ChosenSettings;
  return {
    name,
    factors,
    parameters: (records[0] as RunRecord).parameters,
    rounds: context.rounds,
    ...errors,
    settings,
    tuning,
    ...(choices.length > 1 && { tunings: choices }),
    runs,
  };
}

interface CellInRounds {
  readonly factors: FactorSettings;
  readonly runs: readonly (Pick<RoundResult, "testError" | "allTestPairsError"> & MayDiverge)[];
}

/** Whether every network was measured on all test pairs in every round that did not diverge. */
const areOnAllTestPairs = (cells: readonly CellInRounds[]): boolean => {
  const finished = cells.flatMap(({ runs }) => finishedOf(runs));
  return finished.length > 0 && finished.every(({ allTestPairsError }) => allTestPairsError !== undefined);
};

/**
 * All effects that apply among some cells, from the test errors of the rounds that they share: those on all test pairs, if every network was
 * measured on them. They are tested over the rounds, or over the tunings if there are several.
 *
 * @param context   its seed is that of the tests
 * @param verdicts  the cells' runs, and the pairs of each round that effects are on
 */
export function effectsOf(
  cells: readonly CellInRounds[],
  context: { readonly seed: number; readonly tunings?: number },
  verdicts?: { readonly measured: readonly (readonly MeasuredRun[])[]; readonly pairs: number },
): Effect[] {
  const onAll = areOnAllTestPairs(cells);
  const rounds =
    cells[0]?.runs.map((_, round) =>
      cells.map(({ runs }) => {
        const { testError, allTestPairsError } = runs[round] as CellInRounds["runs"][number];
        return onAll ? (allTestPairsError ?? testError) : testError;
      }),
    ) ?? [];
  const effects = EFFECTS.flatMap((factors) => {
    const contrast = contrastOf(factors, cells);
    return contrast ? [{ factors, contrast, perRound: rounds.map((errors) => contrastValue(contrast, errors)) }] : [];
  });
  const { seed, tunings = 1 } = context;
  const tests = pairedTests(
    effects.map(({ perRound }) => unitsOf(perRound, tunings)),
    seed,
  );
  return effects.map(({ factors, contrast, perRound }, i) => {
    const { exact: _, ...test } = tests[i] as PairedTest;
    const terms = contrast.flatMap((weight, cell) => {
      const runs = verdicts?.measured[cell];
      return weight === 0 || !runs ? [] : [{ runs, weight }];
    });
    const sd = standardDeviation(perRound) ?? null;
    const general = verdicts && generalOf({ ...test, sd }, verdicts.pairs, terms);
    const variance = tuningVariance(perRound, { rounds: perRound.length, tunings, seed });
    return {
      factors,
      ...test,
      ...(test.diverged && { mean: Number.NaN }),
      ...(general && { general }),
      beside: besideOf(factors),
      perRound,
      ...(tunings > 1 && { perTuning: unitsOf(perRound, tunings) }),
      ...(variance && { variance }),
    };
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

/** Fewer rounds, or tunings if there are several, cannot show any effect at 5% over all of them. */
export const fewestRoundsFor = ({ effects }: Pick<Ablation, "effects">): number => fewestRounds(effects.length);
