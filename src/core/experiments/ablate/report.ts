import { commandLine } from "../shared/command-line.js";
import { everyRound } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import type { Block, DrawnFigure, FigureTools, PartContent } from "../shared/part.js";
import { areDigits, questionFirst, THE_RULE } from "../shared/question.js";
import { ablateFiles } from "./files.js";
import {
  type Ablation,
  ablationCellsTable,
  ablationEffectsTable,
  ablationSentences,
  ablationSettings,
  ablationSettingsTables,
  ablationVarianceTables,
  hintsOf,
  tuningSentences,
} from "./index.js";

/** The part of a report that says what each hint is worth. */
export function ablatePart({ result: ablation, records }: Findings<Ablation>, tools: FigureTools): PartContent {
  const { effects, cells } = drawFigures(ablation, tools);
  const digits = areDigits(records);
  return {
    title: "What each hint is worth",
    introduction: `${questionFirst(records, THE_RULE)}Five hints about the problem are given to ${digits ? "the paper's" : "a"} network or kept from it: weights shared between the two images, an auxiliary loss on the ${digits ? "digits" : "classes"}, batch norm, dropout, and the comparison rule in place of a learned head, which needs the auxiliary loss. All 24 combinations are trained in the same rounds, each with settings that were chosen for it on validation pairs.`,
    blocks: [
      { kind: "heading", text: "What each hint does" },
      { kind: "sentences", sentences: ablationSentences(ablation) },
      { kind: "figure", figure: effects },
      { kind: "table", table: ablationEffectsTable(ablation) },
      ...ablationVarianceTables(ablation).map((table) => ({ kind: "table", table }) as const),
      { kind: "heading", text: "Every combination" },
      { kind: "figure", figure: cells },
      { kind: "table", table: ablationCellsTable(ablation) },
      { kind: "heading", text: "How settings were chosen" },
      { kind: "sentences", sentences: tuningSentences(ablation) },
      ...chosenSettings(ablation),
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings: ablationSettings(ablation, records) },
      { kind: "heading", text: "Every round" },
      ...ablation.cells.map(({ factors, runs }) => everyRound(hintsOf(factors), runs)),
      {
        kind: "command",
        command: commandLine(`ablate --candidates ${ablation.tuning.candidates}`, ablation, records, [
          "learning-rate",
          "dropout",
          "auxiliary-weight",
          "evaluate",
        ]),
      },
    ],
    files: ablateFiles(ablation),
  };
}

/** One tuning's settings as a table; those of several each in a fold. */
function chosenSettings(ablation: Ablation): Block[] {
  const tables = ablationSettingsTables(ablation);
  return tables.map((table) =>
    tables.length === 1 ? { kind: "table", table } : { kind: "fold", summary: table.title, table },
  );
}

function drawFigures(
  ablation: Ablation,
  { figures: { ablationCellsSvg, ablationEffectsSvg }, document }: FigureTools,
): { readonly effects: DrawnFigure; readonly cells: DrawnFigure } {
  return {
    effects: {
      fileName: "ablate-effects.svg",
      name: "What each hint does to the test error",
      caption: "An interaction below zero: the first hint lowers the error more, or raises it less, beside the second.",
      svg: ablationEffectsSvg(ablation, document),
    },
    cells: {
      fileName: "ablate-cells.svg",
      name: "Test error of every combination of hints",
      caption: "",
      svg: ablationCellsSvg(ablation, document),
    },
  };
}
