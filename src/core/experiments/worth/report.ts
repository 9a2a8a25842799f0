import { count } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import type { RunRecord } from "../../training/index.js";
import { commandLine } from "../shared/command-line.js";
import { CONSTANT_COLUMN } from "../shared/constant-answer.js";
import { exactError, whereDiverged } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import type { Setting } from "../shared/method.js";
import { settingsOfRuns } from "../shared/method.js";
import type { Block, FigureTools, PartContent } from "../shared/part.js";
import { areDigits, questionFirst, THE_RULE } from "../shared/question.js";
import { worthCurvesCsv, worthFactorsCsv } from "./files.js";
import { worthSentences } from "./sentences.js";
import { worthErrorTable, worthFactorTable } from "./tables.js";
import type { Worth } from "./worth.js";

/** The part of a report that says what each hint is worth in training pairs. */
export function worthPart(
  { result: worth, records }: Findings<Worth>,
  { figures, document }: FigureTools,
): PartContent {
  const { hints, epochs } = worth;
  return {
    title: "What each hint is worth in training pairs",
    introduction: `${questionFirst(records, THE_RULE)}A network that has a hint about the problem needs fewer examples. Five networks, each with one hint more than the one before, are trained on more and more pairs. A hint's factor says how many times as many training pairs the network needs without it to be as good.`,
    blocks: [
      { kind: "heading", text: "What each hint is worth" },
      { kind: "sentences", sentences: worthSentences(worth) },
      {
        kind: "figure",
        figure: {
          fileName: "worth.svg",
          name: "What each hint is worth in training pairs",
          caption: `Networks from top to bottom: each has the hints of those above it. The factor of ${hints.length === 1 ? "a" : "each"} hint compares its network with the one above.`,
          svg: figures.worthSvg(worth, document),
        },
      },
      { kind: "table", table: worthFactorTable(worth) },
      { kind: "table", table: worthErrorTable(worth, "testError") },
      { kind: "heading", text: "Was every size trained for long enough?" },
      {
        kind: "text",
        text: `Every size is trained for ${epochs} epochs, so large sets get more updates than small ones. A network that has learned its training pairs by then, with a training error near 0, gains little from more epochs. One that stays higher might gain: a factor is for ${epochs} epochs.`,
      },
      { kind: "table", table: worthErrorTable(worth, "trainError") },
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings: worthSettings(worth, records) },
      { kind: "heading", text: "Every round" },
      ...worth.curves.map((curve) => everyRun(curve)),
      {
        kind: "command",
        command: commandLine(`worth --sizes ${worth.sizes.join(",")}`, worth, records, ["pairs", "evaluate"]),
      },
    ],
    files: [
      { fileName: "worth-curves.csv", holds: "every run's errors", text: worthCurvesCsv(worth) },
      { fileName: "worth-factors.csv", holds: "every factor", text: worthFactorsCsv(worth) },
    ],
  };
}

const FACTOR: Setting = {
  name: "Factor",
  value:
    "the mean test error with the hint, looked up on the mean learning curve without it, which is made non-increasing by isotonic regression and interpolated linearly, log error against log pairs; a mean error of zero counts as half a wrong pair among all test pairs of all rounds",
};
const FACTOR_INTERVAL: Setting = {
  name: "95% interval of a factor",
  value:
    "BCa bootstrap of its logarithm, 10,000 resamples of rounds, each for both networks and all numbers of pairs together; widened for few rounds by Student's t; it is about these test images and not about others",
};

function worthSettings(worth: Worth, records: readonly RunRecord[]): Setting[] {
  const { curves, sizes, testPairs } = worth;
  const counts = sizes.map(count).join(", ");
  const drawn = records.some(({ config }) => config.reuse)
    ? "A round's"
    : "Drawn without replacement from the training images and the test images: no image occurs twice in a set, and a round's";
  const pairs = `${counts} training pairs; ${count(testPairs)} test pairs a round. ${drawn} smaller set is the beginning of its larger one`;
  // Their names are those of the figure and the tables, which do not list all their parts.
  const runs = curves.flatMap(({ architecture, title }) => {
    const run = records.find((record) => record.architecture === architecture);
    return run ? [{ ...run, title }] : [];
  });
  return [
    ...settingsOfRuns(worth, runs).map((line) => (line.setting === "trainPairs" ? { ...line, value: pairs } : line)),
    {
      name: "Tuning",
      value: areDigits(records)
        ? "none: each network has the learning rate, dropout and batch norm that it has at 1,000 pairs"
        : "none: each network has its own learning rate, dropout and batch norm, the same at every size",
    },
    FACTOR,
    FACTOR_INTERVAL,
  ];
}

function everyRun({ architecture, title, points }: Worth["curves"][number]): Block {
  const lost = points.some(({ diverged }) => diverged);
  const constant = points.some(({ constantRounds }) => constantRounds);
  const table: Table = {
    title: `${architecture}, every round`,
    caption: "",
    columns: [
      ...["Training pairs", "Seed", "Train error", "Test error"],
      ...(constant ? [CONSTANT_COLUMN] : []),
      ...(lost ? ["Diverged at"] : []),
      "Run",
    ],
    rows: points.flatMap(({ pairs, runs }) =>
      runs.map((run) => [
        count(pairs),
        String(run.seed),
        exactError(run, run.trainError),
        exactError(run, run.testError),
        ...(constant ? [run.constantAnswer ?? ""] : []),
        ...(lost ? [whereDiverged(run)] : []),
        run.id,
      ]),
    ),
  };
  return { kind: "fold", summary: `${title}: ${architecture}`, table };
}
