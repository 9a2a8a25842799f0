import {
  comparisonDivergences,
  comparisonMethods,
  comparisonTables,
  errorsIn,
} from "../../core/experiments/compare/tables.js";
import { architectureOf, titleOf } from "../../core/experiments/compare/variants.js";
import { type ConfiguredRun, settingsOfRuns } from "../../core/experiments/shared/method.js";
import { type OptimizerSearches, optimizerSettings, optimizersTable } from "../../core/experiments/tune/index.js";
import type { ArchitectureComparison, PaperConclusions, RunRecord } from "../../core/index.js";
import { commandLine, type ToldRun } from "./command.js";
import { figureTools } from "./figures.js";
import type { Block, DrawnFigure, ReportPart } from "./part.js";
import { everyRound } from "./rounds.js";
import { differencesCsv, errorsCsv } from "./rounds-csv.js";

/** A comparison, and what it says about the paper where it holds all of the paper's architectures. */
export type ComparisonDocument = ArchitectureComparison & {
  readonly paper?: PaperConclusions;
  /** Where optimizers are compared: how each was tuned. */
  readonly searches?: OptimizerSearches;
};

/** The document as JSON has it. */
export const comparisonJson = ({ searches, ...comparison }: ComparisonDocument) => ({ ...comparison, ...searches });

/** The part of a report that compares architectures over the same rounds. */
export async function comparePart(comparison: ComparisonDocument, records: readonly RunRecord[]): Promise<ReportPart> {
  const { architectures, differences, paper, searches, evaluateOn = "test" } = comparison;
  const runs = runsOfRows(comparison, records);
  const lost = comparisonDivergences(comparison);
  const [first, ...tables] = comparisonTables(comparison).map((table): Block => ({ kind: "table", table }));
  const [errors, each, costs] = (await drawFigures(comparison)).map((figure): Block => ({ kind: "figure", figure }));
  return {
    name: "compare",
    title: "Architectures compared over the same rounds",
    introduction: `A seed gives every architecture the same pairs in the same order, so that a round compares them with each other: what makes its pairs easy or hard for all cancels in their difference. Errors are those on ${evaluateOn} pairs after the last epoch.${searches ? " Each optimizer has settings of its own, searched on validation pairs with the same number of trials." : ""}`,
    blocks: [
      { kind: "heading", text: "What is shown, and what is not" },
      { kind: "sentences", sentences: differences.map(({ sentence }) => sentence) },
      ...(lost.length > 0
        ? [{ kind: "heading", text: "What diverged" } as const, { kind: "sentences", sentences: lost } as const]
        : []),
      ...(paper ? aboutThePaper(paper) : []),
      ...(searches ? whatWasFound(searches) : []),
      { kind: "heading", text: `${errorsIn(comparison)}s` },
      ...[errors, first].filter((block) => block !== undefined),
      { kind: "heading", text: "Differences" },
      ...[each, ...tables].filter((block) => block !== undefined),
      { kind: "heading", text: "What they cost" },
      ...[costs].filter((block) => block !== undefined),
      { kind: "heading", text: "Settings" },
      {
        kind: "settings",
        settings: [
          ...settingsOfRuns(comparison, runs),
          ...comparisonMethods(comparison),
          ...(searches ? optimizerSettings(searches, comparison.seed) : []),
        ],
      },
      { kind: "heading", text: "Every round" },
      ...architectures.map((row) => everyRound(titleOf(row), row.runs, evaluateOn)),
      {
        kind: "command",
        command: commandLine(commandOf(comparison), comparison, runs),
      },
    ],
    files: [
      {
        fileName: "compare.json",
        holds: "every number",
        text: `${JSON.stringify(comparisonJson(comparison), null, 2)}\n`,
      },
      { fileName: "compare.csv", holds: "every round's errors", text: errorsCsv(architectures) },
      { fileName: "compare-differences.csv", holds: "every round's differences", text: differencesCsv(comparison) },
    ],
  };
}

function commandOf({ architectures, baseline, searches }: ComparisonDocument): string {
  const [first] = architectures;
  const withFirst = baseline === undefined ? [] : ["--baseline"];
  if (!first || !searches) return ["compare", ...architectures.map(({ name }) => name), ...withFirst].join(" ");
  const optimizers = searches.optimizers.map(({ name }) => name).join(",");
  const trials = `--trials ${searches.plan.trials}`;
  return [`compare ${architectureOf(first)} --optimizers ${optimizers}`, trials, ...withFirst].join(" ");
}

function whatWasFound(searches: OptimizerSearches): Block[] {
  const warnings = searches.optimizers.flatMap((each) => each.warnings);
  return [
    { kind: "heading", text: "How the optimizers were tuned" },
    { kind: "table", table: optimizersTable(searches) },
    ...(warnings.length > 0 ? [{ kind: "sentences", sentences: warnings } as const] : []),
  ];
}

/** One run of each row, with what the row is called. */
function runsOfRows(
  { architectures }: ArchitectureComparison,
  records: readonly RunRecord[],
): (ConfiguredRun & ToldRun)[] {
  return architectures.flatMap((row) => {
    const run = records.find(({ id }) => id === row.runs[0]?.id);
    return run ? [{ ...run, title: titleOf(row), told: Object.keys(row.settings ?? {}).map(optionOf) }] : [];
  });
}

/** "learning-rate" of `learningRate`. */
const optionOf = (setting: string): string =>
  setting === "trainPairs" ? "pairs" : setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const aboutThePaper = ({ conclusions, numbers }: PaperConclusions): Block[] => [
  { kind: "heading", text: "Which of the paper's conclusions hold" },
  { kind: "sentences", sentences: conclusions.map(({ sentence }) => sentence) },
  { kind: "heading", text: "The paper's numbers and ours" },
  { kind: "sentences", sentences: numbers },
];

async function drawFigures(comparison: ArchitectureComparison): Promise<DrawnFigure[]> {
  const errors = errorsIn(comparison);
  const {
    figures: { compareDifferencesSvg, compareErrorsSvg, paretoSvg },
    document,
  } = await figureTools();
  return [
    {
      fileName: "compare-errors.svg",
      name: `${errors}s in every round`,
      caption: "",
      svg: compareErrorsSvg(comparison, document),
    },
    {
      fileName: "compare-differences.svg",
      name: `Differences of ${errors.toLowerCase()}s in every round`,
      caption: "",
      svg: compareDifferencesSvg(comparison, document),
    },
    {
      fileName: "compare-pareto.svg",
      name: `${errors} against what a network costs`,
      caption: "",
      svg: paretoSvg(comparison, document),
    },
  ];
}
