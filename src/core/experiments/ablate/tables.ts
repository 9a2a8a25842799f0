import { ABSENT, bareP, count, percent, percentInterval, plusMinus, signed } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { CONSTANT_CAPTION, CONSTANT_COLUMN, constantCell } from "../shared/constant-answer.js";
import { captioned, divergedOf } from "../shared/diverged.js";
import { besideFirst, intervalsCaption, intervalWords } from "../shared/general-words.js";
import { hasDiverged } from "../shared/halving.js";
import { tuningTables } from "../shared/tuning-table.js";
import { overTunings, unitsIn } from "../shared/tunings.js";
import { type AblatedCell, type Ablation, type ChosenSettings, choicesOf } from "./ablation.js";
import type { NuisanceSettings } from "./candidates.js";
import { hintsOf } from "./factors.js";
import { effectTitle } from "./sentences.js";

/** Main effects and interactions, in the order of the factors. */
export function ablationEffectsTable(ablation: Ablation): Table {
  const { effects, effectPairs, rounds, dataset } = ablation;
  const generals = effects.map(({ ci95, general }) => besideFirst(ci95, general));
  const { columns, inGeneral } = intervalWords(dataset, generals);
  return {
    title: "What each hint does to the test error",
    caption: `In percentage points, over ${unitsIn(ablation).words} with ${count(effectPairs)} test pairs each; below zero is good. One hint: error with it minus error without it, averaged over the other hints. Two hints: the effect of the first with the second, minus its effect without the second (not halved). Interval: all values that the sign-flip test does not reject; p: of that test; Holm: corrected for all ${effects.length} effects together.${inGeneral ? intervalsCaption(rounds, "the mean", dataset, generals) : ""}${effects.some(({ diverged }) => diverged) ? " An effect is not stated if a network that it rests on diverged in a round." : ""}`,
    columns: ["", "Mean", ...columns, "p", "p (Holm)"],
    rows: effects.map((effect) => [
      effectTitle(effect),
      Number.isNaN(effect.mean) ? ABSENT : inPoints(effect.mean),
      ...[effect.ci95, ...(inGeneral ? [effect.general?.ci95] : [])].map((ci95) =>
        ci95 ? ci95.map(inPoints).join(" to ") : ABSENT,
      ),
      bareP(effect.p),
      bareP(effect.pHolm),
    ]),
  };
}

/** How much of an effect's variance is tuning: a table, where several tunings of several rounds say it. */
export const ablationVarianceTables = (ablation: Ablation): Table[] =>
  tuningTables(
    ablation.effects.map((effect) => ({ title: effectTitle(effect), variance: effect.variance })),
    ablation,
    "effect",
  );

/** Every network's test error, the lowest first. */
export function ablationCellsTable(ablation: Ablation): Table {
  const { cells, rounds, dataset } = ablation;
  const generals = cells.map(({ testError, general }) => besideFirst(testError.ci95, general));
  const words = intervalWords(dataset, generals);
  const lost = cells.some(({ diverged }) => diverged);
  const constant = cells.some(({ constantRounds }) => constantRounds);
  return {
    title: "Every network",
    caption: captioned(
      `Test error: mean ± standard deviation over ${rounds} ${rounds === 1 ? "round" : "rounds"}, the same rounds for every network.${overTunings(ablation)}${words.inGeneral ? intervalsCaption(rounds, "the mean", dataset, generals) : ""}${constant ? ` ${CONSTANT_CAPTION}` : ""}`,
      cells,
    ),
    columns: [
      "Hints",
      "Test error",
      ...words.columns,
      ...(lost ? ["Diverged"] : []),
      ...(constant ? [CONSTANT_COLUMN] : []),
      "Parameters",
    ],
    rows: cellsByError(cells).map(({ factors, testError, general, parameters, runs }) => [
      hintsOf(factors),
      plusMinus(testError.mean, testError.sd),
      percentInterval(testError.ci95),
      ...(words.inGeneral ? [percentInterval(general?.ci95 ?? null)] : []),
      ...(lost ? [divergedOf(runs) || ABSENT] : []),
      ...(constant ? [constantCell(runs) || ABSENT] : []),
      count(parameters),
    ]),
  };
}

/** What each tuning chose for each network, and the validation errors that it was chosen by. */
export function ablationSettingsTables({ cells, tuning, tunings = 1 }: Ablation): Table[] {
  const rounds = tuning.steps.length;
  return Array.from({ length: tunings }, (_, t) => ({
    title: tunings === 1 ? "Chosen settings" : `Chosen settings, tuning ${t + 1}`,
    caption: `Chosen for each network from ${tuning.candidates} candidates by validation error, the mean over ${rounds} rounds of tuning. For the own settings it is the mean over the rounds that they were kept in; the number of these is in brackets.`,
    columns: ["Hints", "Learning rate", "Dropout", "Auxiliary weight", "Validation error", "With own settings"],
    rows: cellsByError(cells).map((cell) => {
      const { settings, candidates, chosen } = choicesOf(cell)[t] as ChosenSettings;
      return [
        hintsOf(cell.factors),
        ...settingsCells(settings),
        validationError(candidates[chosen]?.errors ?? []),
        chosen === 0 ? "chosen" : `${validationError(candidates[0]?.errors ?? [])} (${candidates[0]?.errors.length})`,
      ];
    }),
  }));
}

export const cellsByError = (cells: readonly AblatedCell[]): AblatedCell[] =>
  cells.toSorted((a, b) => rankOf(a) - rankOf(b));

/** Networks of which every round diverged come last. */
const rankOf = ({ testError: { mean } }: AblatedCell): number => (Number.isNaN(mean) ? 1 : mean);

const settingsCells = ({ learningRate, dropout, auxiliaryWeight }: NuisanceSettings): string[] =>
  [learningRate, dropout, auxiliaryWeight].map((value) => (value === undefined ? "" : String(value)));

const validationError = (errors: readonly number[]): string =>
  hasDiverged(errors)
    ? "diverged"
    : errors.length > 0
      ? percent(errors.reduce((sum, error) => sum + error, 0) / errors.length)
      : "–";

/** −0.0812 → "−8.12". */
const inPoints = (fraction: number): string => signed(100 * fraction, 2);
