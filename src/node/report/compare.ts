import {
  type ArchitectureComparison,
  type ConfiguredRun,
  comparisonMethods,
  comparisonTables,
  errorsIn,
  type PaperConclusions,
  type RunRecord,
  settingsOfRuns,
  titleOf,
} from "../../core/index.js";
import { commandLine, type ToldRun } from "./command.js";
import { figureTools } from "./figures.js";
import type { Block, DrawnFigure, ReportPart } from "./part.js";
import { everyRound } from "./rounds.js";
import { differencesCsv, errorsCsv } from "./rounds-csv.js";

/** A comparison, and what it says about the paper where it holds all of the paper's architectures. */
export type ComparisonDocument = ArchitectureComparison & { readonly paper?: PaperConclusions };

/** The part of a report that compares architectures over the same rounds. */
export async function comparePart(comparison: ComparisonDocument, records: readonly RunRecord[]): Promise<ReportPart> {
  const { architectures, differences, paper, evaluateOn = "test" } = comparison;
  const runs = runsOfRows(comparison, records);
  const [first, ...tables] = comparisonTables(comparison).map((table): Block => ({ kind: "table", table }));
  const [errors, each, costs] = (await drawFigures(comparison)).map((figure): Block => ({ kind: "figure", figure }));
  return {
    name: "compare",
    title: "Architectures compared over the same rounds",
    introduction: `A seed gives every architecture the same pairs in the same order, so that a round compares them with each other: what makes its pairs easy or hard for all cancels in their difference. Errors are those on ${evaluateOn} pairs after the last epoch.`,
    blocks: [
      { kind: "heading", text: "What is shown, and what is not" },
      { kind: "sentences", sentences: differences.map(({ sentence }) => sentence) },
      ...(paper ? aboutThePaper(paper) : []),
      { kind: "heading", text: `${errorsIn(comparison)}s` },
      ...[errors, first].filter((block) => block !== undefined),
      { kind: "heading", text: "Differences" },
      ...[each, ...tables].filter((block) => block !== undefined),
      { kind: "heading", text: "What they cost" },
      ...[costs].filter((block) => block !== undefined),
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings: [...settingsOfRuns(comparison, runs), ...comparisonMethods(comparison)] },
      { kind: "heading", text: "Every round" },
      ...architectures.map((row) => everyRound(titleOf(row), row.runs, evaluateOn)),
      {
        kind: "command",
        command: commandLine(["compare", ...architectures.map(({ name }) => name)].join(" "), comparison, runs),
      },
    ],
    files: [
      { fileName: "compare.json", holds: "every number", text: `${JSON.stringify(comparison, null, 2)}\n` },
      { fileName: "compare.csv", holds: "every round's errors", text: errorsCsv(architectures) },
      { fileName: "compare-differences.csv", holds: "every round's differences", text: differencesCsv(comparison) },
    ],
  };
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
