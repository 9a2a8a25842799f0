import { reproductionSentences } from "../../core/experiments/reproduce/beside-paper.js";
import { paperTables } from "../../core/experiments/reproduce/tables.js";
import { finishedOf } from "../../core/experiments/shared/diverged.js";
import { settingsOf, VERDICT_RULE } from "../../core/experiments/shared/method.js";
import { imagesInWords, questionsOf } from "../../core/experiments/shared/question.js";
import { DIGIT_PAIRS, type Findings, findArchitecture, type Reproduction, type RunRecord } from "../../core/index.js";
import { isMnist, shapeOf } from "../../core/training/job.js";
import { commandLine } from "./command.js";
import { curvesCsv } from "./curves.js";
import { figureTools } from "./figures.js";
import type { Block, DrawnFigure, PartContent } from "./part.js";
import { everyRound } from "./rounds.js";
import { errorsCsv } from "./rounds-csv.js";

/** The part of a report that sets a reproduction beside the paper. */
export async function reproducePart({ result: reproduction, records }: Findings<Reproduction>): Promise<PartContent> {
  const { testError, curves } = await drawFigures(reproduction, records);
  const beside = reproduction.architectures.some(({ paper }) => paper);
  const { name } = reproduction.dataset;
  const { height, width } = records[0] ? shapeOf(records[0].config.dataset) : DIGIT_PAIRS;
  const seen = `${height}×${width}`;
  const show = (figure: DrawnFigure): Block => ({ kind: "figure", figure });
  return {
    title: `Five networks on pairs of ${isMnist({ name }) ? "digits" : imagesInWords(name)}`,
    introduction: `${questionsOf(records).join(" ")} Five small networks learn it from pairs of ${seen} ${name} images, each with another hint about the problem. This repeats the experiments of "Classification, Weight Sharing, Auxiliary Losses" (K. Fu, H. Li, J. Li, EPFL) ${beside ? "and sets the results beside those of the paper" : "with other images, another question or other pairs than the paper's"}.`,
    blocks: [
      {
        kind: "heading",
        text: beside ? "What agrees with the paper, and what differs" : "Other pairs than the paper's",
      },
      { kind: "sentences", sentences: reproductionSentences(reproduction, records) },
      { kind: "heading", text: "Results" },
      show(testError),
      ...paperTables(reproduction).map((table): Block => ({ kind: "table", table })),
      { kind: "heading", text: "Curves" },
      ...curves.map(show),
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings: [...settingsOf(reproduction, records), ...(beside ? [VERDICT_RULE] : [])] },
      { kind: "heading", text: "Every round" },
      ...reproduction.architectures.map(({ name, runs }) => everyRound(findArchitecture(name).title, runs)),
      { kind: "command", command: commandLine("reproduce", reproduction, records) },
    ],
    files: [
      { fileName: "test-errors.csv", holds: "every round's errors", text: errorsCsv(reproduction.architectures) },
      { fileName: "curves.csv", holds: "the curves", text: curvesCsv(reproduction) },
    ],
  };
}

async function drawFigures(
  reproduction: Reproduction,
  records: readonly RunRecord[],
): Promise<{ readonly testError: DrawnFigure; readonly curves: readonly DrawnFigure[] }> {
  const {
    figures: { figureCaption, figureSvg, figuresOf, testErrorSvg },
    document,
  } = await figureTools();
  const testError = {
    fileName: "test-error.svg",
    name: reproduction.architectures.some(({ paper }) => paper) ? "Test errors, ours and the paper's" : "Test errors",
    caption: "",
    svg: testErrorSvg(reproduction, document),
  };
  const curves = figuresOf(reproduction).map(({ architecture, fileName, title, number }) => ({
    fileName,
    name: number === undefined ? title : `Figure ${number}: ${title}`,
    caption: figureCaption(architecture, records.find((record) => record.architecture === architecture.name)?.config),
    svg: figureSvg(
      { ...architecture, runs: finishedOf(architecture.runs) },
      { document, title, ...(number === undefined ? {} : { number }) },
    ),
  }));
  return { testError, curves };
}
