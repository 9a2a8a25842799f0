import { trainingSettings } from "../../core/experiments/shared/method.js";
import type { Block, PartContent } from "../../core/experiments/shared/part.js";
import { questionFirst } from "../../core/experiments/shared/question.js";
import { csv } from "../../core/formats/csv.js";
import type { Job, Pairs } from "../../core/index.js";
import type { PairMeasures } from "../../core/inspection/index.js";
import {
  classPairsTable,
  measureSentences,
  measuresTable,
  thresholdsTable,
} from "../../core/inspection/measure-words.js";
import { figureTools } from "./figures.js";

/** How the measures were asked for. */
export interface EvaluatePartOptions {
  /** That gives the same numbers. */
  readonly command: string;
  /** What the classes are called, where they have names. */
  readonly names?: readonly string[];
  /** Where the weights are from, if not from a run. */
  readonly file?: string;
  /** The test pairs, where the worst are to be shown. */
  readonly pictured?: Pairs;
}

/** The part of a report that says what one run's answers are worth. */
export async function evaluatePart(
  record: Job,
  measures: PairMeasures,
  { command, names, file, pictured }: EvaluatePartOptions,
): Promise<PartContent> {
  const { figures, document } = await figureTools();
  const classes = classPairsTable(measures, names);
  const figure = (fileName: string, name: string, svg: string): Block => ({
    kind: "figure",
    figure: { fileName, name, caption: "", svg },
  });
  return {
    title: `What the answers of ${record.architecture}, ${file === undefined ? `seed ${record.seed}` : file}, are worth`,
    introduction: `${questionFirst([record])}${
      file === undefined
        ? `Run ${record.id}, measured on test pairs. Thresholds are chosen on validation pairs: training images that the run did not train on.`
        : "Weights from a file, measured on test pairs. Thresholds are chosen on validation pairs: training images. Which images the network was trained on is not known."
    }`,
    blocks: [
      { kind: "heading", text: "What was found" },
      { kind: "sentences", sentences: measureSentences(measures) },
      figure("evaluate-answers.svg", "ROC curve and reliability diagram", figures.answersSvg(measures, document)),
      ...[measuresTable(measures), thresholdsTable(measures), ...(classes ? [classes] : [])].map(
        (table): Block => ({ kind: "table", table }),
      ),
      ...(pictured
        ? [
            figure(
              "evaluate-worst.svg",
              "The worst mistakes",
              figures.worstPairsSvg(pictured, measures.worst, (number) => names?.[number] ?? String(number)),
            ),
          ]
        : []),
      { kind: "heading", text: file === undefined ? "Settings" : "The command" },
      ...(file === undefined ? [{ kind: "settings", settings: trainingSettings([record]) } as const] : []),
      { kind: "command", command },
    ],
    files: [
      { fileName: "evaluate-roc.csv", holds: "the ROC curve's corners", text: rocCsv(measures) },
      { fileName: "evaluate-classes.csv", holds: "errors of each pair of classes", text: classesCsv(measures) },
    ],
  };
}

const rocCsv = ({ roc }: PairMeasures): string =>
  csv([
    ["threshold", "falseAcceptRate", "trueAcceptRate"],
    ...roc.map(({ threshold, falseAcceptRate, trueAcceptRate }) => [threshold, falseAcceptRate, trueAcceptRate]),
  ]);

const classesCsv = ({ byClasses }: PairMeasures): string =>
  csv([
    ["first", "second", "pairs", "wrong"],
    ...(byClasses ?? []).map(({ classes, pairs, wrong }) => [...classes, pairs, wrong]),
  ]);
