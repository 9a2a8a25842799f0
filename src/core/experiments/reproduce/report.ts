import { findArchitecture } from "../../architectures/index.js";
import { csv } from "../../formats/csv.js";
import { DIGIT_PAIRS } from "../../network/index.js";
import type { RunRecord } from "../../training/index.js";
import { isMnist, shapeOf } from "../../training/job.js";
import {
  calibrationSettings,
  calibrationTables,
  DISTRIBUTION_SETTING,
  distributionTable,
} from "../shared/beside-errors.js";
import { commandLine } from "../shared/command-line.js";
import { finishedOf } from "../shared/diverged.js";
import { everyRound } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import { generalSettings } from "../shared/general-words.js";
import { settingsOf, VERDICT_RULE } from "../shared/method.js";
import type { Block, DrawnFigure, FigureTools, PartContent } from "../shared/part.js";
import { imagesInWords, questionsOf } from "../shared/question.js";
import { errorsCsv } from "../shared/rounds-csv.js";
import { reproductionSentences } from "./beside-paper.js";
import type { Reproduction } from "./reproduction.js";
import { paperTables } from "./tables.js";

/** The part of a report that sets a reproduction beside the paper. */
export function reproducePart(
  { result: reproduction, records }: Findings<Reproduction>,
  tools: FigureTools,
): PartContent {
  const { testError, curves } = drawFigures(reproduction, records, tools);
  const beside = reproduction.architectures.some(({ paper }) => paper);
  const { name } = reproduction.dataset;
  const { height, width } = records[0] ? shapeOf(records[0].config.dataset) : DIGIT_PAIRS;
  const seen = `${height}×${width}`;
  const rows = reproduction.architectures.map((each) => ({ ...each, title: findArchitecture(each.name).title }));
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
      ...[
        ...paperTables(reproduction),
        distributionTable(rows, "Test errors on a round's own test pairs", reproduction),
        ...calibrationTables(
          rows,
          ({ name }) => records.filter(({ architecture }) => architecture === name),
          reproduction,
        ),
      ].map((table): Block => ({ kind: "table", table })),
      { kind: "heading", text: "Curves" },
      ...curves.map(show),
      { kind: "heading", text: "Settings" },
      {
        kind: "settings",
        settings: [
          ...settingsOf(reproduction, records),
          ...generalSettings(reproduction.architectures.map(({ general }) => general)),
          DISTRIBUTION_SETTING,
          ...calibrationSettings(rows),
          ...(beside ? [VERDICT_RULE] : []),
        ],
      },
      { kind: "heading", text: "Every round" },
      ...rows.map(({ title, runs }) => everyRound(title, runs)),
      { kind: "command", command: commandLine("reproduce", reproduction, records) },
    ],
    files: [
      { fileName: "test-errors.csv", holds: "every round's errors", text: errorsCsv(reproduction.architectures) },
      { fileName: "curves.csv", holds: "the curves", text: curvesCsv(reproduction) },
    ],
  };
}

function drawFigures(
  reproduction: Reproduction,
  records: readonly RunRecord[],
  { figures: { figureCaption, figureSvg, figuresOf, testErrorSvg }, document }: FigureTools,
): { readonly testError: DrawnFigure; readonly curves: readonly DrawnFigure[] } {
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

const METRICS = ["trainLoss", "testLoss", "trainAccuracy", "testAccuracy"] as const;

/**
 * The curves as CSV, one line for each architecture, epoch and metric. Losses are in nats, accuracies fractions of pairs; a
 * cell is empty where there is no number, such as the deviation of one round.
 */
function curvesCsv({ architectures }: Reproduction): string {
  const rows = architectures.flatMap(({ name, curves }) =>
    METRICS.flatMap((metric) =>
      curves.epoch.map((epoch, i) => [name, epoch, metric, curves[metric].mean[i], curves[metric].sd[i]]),
    ),
  );
  return csv([["architecture", "epoch", "metric", "mean", "sd"], ...rows]);
}
