import { count, nounFor } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import type { RunRecord } from "../../training/index.js";
import { commandLine } from "../shared/command-line.js";
import { CONSTANT_COLUMN } from "../shared/constant-answer.js";
import { DIMENSIONS } from "../shared/dimensions.js";
import { exactError, whereDiverged } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import type { Setting } from "../shared/method.js";
import { settingsOfRuns } from "../shared/method.js";
import type { Block, FigureTools, PartContent } from "../shared/part.js";
import { areDigits, questionFirst, THE_RULE } from "../shared/question.js";
import { worthFiles } from "./files.js";
import { worthSentences } from "./sentences.js";
import {
  chosenTable,
  labelPartsTable,
  type ShownLadder,
  shownLadders,
  worthBesideTable,
  worthErrorTable,
  worthFactorTable,
} from "./tables.js";
import { type TunedLadder, tunedWorth, type Worth } from "./worth.js";

/** The part of a report that says what each hint is worth in training pairs. */
export function worthPart(
  { result: worth, records }: Findings<Worth>,
  { figures, document }: FigureTools,
): PartContent {
  const { hints, epochs, tuned } = worth;
  const [own] = shownLadders(worth) as [ShownLadder];
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
          caption: `${tuned ? "Settings are the networks' own. " : ""}Networks from top to bottom: each has the hints of those above it. The factor of ${hints.length === 1 ? "a" : "each"} hint compares its network with the one above.`,
          svg: figures.worthSvg(worth, document),
        },
      },
      { kind: "table", table: worthFactorTable(own) },
      { kind: "table", table: worthErrorTable(own, "testError") },
      ...tunedBlocks(worth, { figures, document }),
      { kind: "heading", text: "Was every size trained for long enough?" },
      {
        kind: "text",
        text: `With its own settings a network is trained for ${epochs} epochs at every size, so large sets get more updates than small ones. A training error near 0 says that the network has learned its pairs. It does not say that no other settings are better: ${tuned ? "the tuned errors above do, for the settings that were tried" : "--tuned asks that"}.`,
      },
      { kind: "table", table: worthErrorTable(own, "trainError") },
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings: worthSettings(worth, records) },
      { kind: "heading", text: "Every round" },
      ...worth.curves.map((curve) => everyRun(curve)),
      ...(tuned?.curves.map((curve) => everyRun({ ...curve, title: `${curve.title}, tuned` })) ?? []),
      {
        kind: "command",
        command: commandLine(worthCommand(worth), { ...worth, rounds: tuned?.rounds ?? worth.rounds }, records, [
          "pairs",
          "evaluate",
          "label-fraction",
        ]),
      },
    ],
    files: worthFiles(worth),
  };
}

function worthCommand({ sizes, tuned }: Worth): string {
  const tuning = tuned ? ` --tuned --tunings ${tuned.tunings} --candidates ${tuned.candidates}` : "";
  return `worth --sizes ${sizes.join(",")}${tuning}`;
}

/** What tuning changes. */
function tunedBlocks(worth: Worth, { figures, document }: FigureTools): Block[] {
  const [, tuned] = shownLadders(worth);
  if (!tuned || !worth.tuned) return [];
  return [
    { kind: "heading", text: "With tuned settings" },
    {
      kind: "figure",
      figure: {
        fileName: "worth-tuned.svg",
        name: "What each hint is worth, with tuned settings",
        caption: "Each network's settings are chosen at each number of pairs on validation pairs, several times.",
        svg: figures.worthSvg(tunedWorth(worth, worth.tuned), document),
      },
    },
    { kind: "table", table: worthFactorTable(tuned) },
    { kind: "table", table: worthBesideTable(worth) },
    { kind: "table", table: labelPartsTable(worth) },
    { kind: "table", table: worthErrorTable(tuned, "testError") },
    { kind: "fold", summary: "The settings that each tuning chose", table: chosenTable(worth.tuned) },
  ];
}

const FACTOR: Setting = {
  name: "Factor",
  value:
    "the mean test error with the hint, looked up on the mean learning curve without it, which is made non-increasing by isotonic regression and interpolated linearly, log error against log pairs; a mean error of zero counts as half a wrong pair among all test pairs of all rounds",
};
const FACTOR_INTERVAL: Setting = {
  name: "95% interval of a factor",
  value:
    "the numbers of pairs at which the two errors are not shown to differ: the difference of their logarithms is at most t(0.975, n − 1) times its standard error by the jackknife over rounds, which are left out for both networks and all numbers of pairs together; it is about these test images and not about others",
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
      name: worth.tuned ? "Own settings" : "Tuning",
      value: areDigits(records)
        ? "none: each network has the learning rate, dropout and batch norm that it has at 1,000 pairs"
        : "none: each network has its own learning rate, dropout and batch norm, the same at every size",
    },
    ...(worth.tuned ? tuningSettings(worth.tuned) : []),
    FACTOR,
    FACTOR_INTERVAL,
  ];
}

function tuningSettings({ tunings, rounds, candidates, seeds, validationPairs, curves }: TunedLadder): Setting[] {
  const [first, last] = [seeds[0], seeds.at(-1)];
  const searched = new Set(
    curves.flatMap(({ points }) =>
      points.flatMap(({ tunings: own = [] }) => own.flatMap(({ tried }) => Object.keys(tried[0]?.settings ?? {}))),
    ),
  );
  const words = DIMENSIONS.filter(({ setting }) => searched.has(setting)).map((each) => each.words);
  return [
    {
      name: "Tuning",
      value: `${tunings} times, each network at each number of pairs: the best of ${candidates} candidates on ${count(validationPairs)} pairs of training images that the round does not train on, in a round with ${first === last ? `seed ${first}` : `seeds ${first} to ${last}`}. The first candidate has the network's own settings; the others are drawn by Latin hypercube sampling: ${words.join(", ")}. A network has the same candidates at every number of pairs. What a tuning chose is measured in ${rounds} ${nounFor(rounds, "round")} of its own`,
    },
    {
      name: "One value with tuned settings",
      value: `the mean over the ${rounds === 1 ? "round" : `${rounds} rounds`} of a tuning; intervals are over tunings, so they hold the chance of a tuning`,
    },
    {
      name: "Bits of labels",
      value: "the entropy of the answer, or of both images' classes, from which the answer follows",
    },
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
