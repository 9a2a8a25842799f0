import { csv } from "../../formats/csv.js";
import { optionName } from "../../settings/options.js";
import { isSetting } from "../../settings/table.js";
import { count } from "../../text/format.js";
import type { RunRecord } from "../../training/index.js";
import { mostTold } from "../../training/stream-seeds.js";
import {
  calibrationSettings,
  calibrationTables,
  DISTRIBUTION_SETTING,
  distributionTable,
} from "../shared/beside-errors.js";
import { commandLine, type ToldRun } from "../shared/command-line.js";
import { everyRound } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import type { ConfiguredRun } from "../shared/method.js";
import { settingsOfRuns } from "../shared/method.js";
import type { Block, DrawnFigure, FigureTools, PartContent } from "../shared/part.js";
import { questionFirst } from "../shared/question.js";
import type { Clock } from "../shared/rounds.js";
import { errorsCsv } from "../shared/rounds-csv.js";
import { byTuning } from "../shared/tunings.js";
import { type ArchitectureComparison, areOnAllTestPairs, roundDifferences } from "./comparison.js";
import { aboutThePaper, type ComparisonDocument, searchesOf, tunedOnce } from "./experiment.js";
import { optimizerSettings, optimizersTable } from "./optimizer-tables.js";
import type { OptimizerSearches } from "./optimizers.js";
import type { CompareOptions } from "./options.js";
import { planFile } from "./plan-file.js";
import {
  comparisonDivergences,
  comparisonMethods,
  comparisonTables,
  errorsIn,
  noBetterThanOneAnswer,
  plannedSettings,
} from "./tables.js";
import { architectureOf, titleOf } from "./variants.js";

/** The part of a report that compares architectures over the same rounds. */
export function comparePart(
  { result: comparison, records }: Findings<ComparisonDocument>,
  tools: FigureTools,
  { sealedPlan }: Pick<CompareOptions, "sealedPlan"> = {},
): PartContent {
  const { architectures, differences, evaluateOn = "test" } = comparison;
  const searches = searchesOf(comparison);
  const chosen = chosenAnew(comparison);
  const runs = runsOfRows(comparison, records);
  const onAll = areOnAllTestPairs(architectures);
  const rows = architectures.map((row) => ({
    ...row,
    title: titleOf(row),
    distribution: onAll ? (row.allTestPairs?.distribution ?? null) : row.distribution,
  }));
  const byId = new Map(records.map((record) => [record.id, record]));
  const lost = comparisonDivergences(comparison);
  const [first, ...tables] = comparisonTables(comparison).map((table): Block => ({ kind: "table", table }));
  const [errors, each, costs] = drawFigures(comparison, tools).map((figure): Block => ({ kind: "figure", figure }));
  return {
    title: "Architectures compared over the same rounds",
    introduction: `${questionFirst(records)}A seed gives every architecture the same pairs in the same order, so a round compares them directly: whatever makes its pairs easy or hard for all of them cancels in the difference. Errors are those on ${evaluateOn} pairs after the last epoch.${searches ? " Each optimizer has settings of its own, searched on validation pairs with the same number of trials." : ""}`,
    blocks: [
      { kind: "heading", text: "What is shown, and what is not" },
      {
        kind: "sentences",
        sentences: [...noBetterThanOneAnswer(comparison), ...differences.map(({ sentence }) => sentence)],
      },
      ...(lost.length > 0
        ? [{ kind: "heading", text: "What diverged" } as const, { kind: "sentences", sentences: lost } as const]
        : []),
      ...aboutThePaper(comparison),
      ...(searches ? whatWasFound(searches, comparison) : []),
      { kind: "heading", text: `${errorsIn(comparison)}s` },
      ...[errors, first].filter((block) => block !== undefined),
      ...[
        distributionTable(rows, `${errorsIn(comparison)}s on ${errorPairs(comparison)} of a round`, comparison),
        ...calibrationTables(rows, ({ runs }) => runs.flatMap(({ id }) => byId.get(id) ?? []), comparison),
      ].map((table): Block => ({ kind: "table", table })),
      { kind: "heading", text: "Differences" },
      ...[each, ...tables].filter((block) => block !== undefined),
      { kind: "heading", text: "What they cost" },
      ...[costs].filter((block) => block !== undefined),
      { kind: "heading", text: "Settings" },
      {
        kind: "settings",
        settings: [
          ...plannedSettings(comparison),
          ...settingsOfRuns(comparison, runs).filter(({ setting }) => !chosen.some((name) => name === setting)),
          ...comparisonMethods(comparison, runs),
          DISTRIBUTION_SETTING,
          ...calibrationSettings(rows),
          ...(searches ? optimizerSettings(searches, comparison.seed) : []),
        ],
      },
      { kind: "heading", text: "Every round" },
      ...rows.map(({ title, runs }) => everyRound(title, runs, evaluateOn)),
      {
        kind: "command",
        command: commandLine(commandOf(comparison), comparison, runs, comparison.until ? ["rounds"] : []),
      },
    ],
    files: [
      { fileName: "compare.csv", holds: "every round's errors", text: errorsCsv(architectures) },
      { fileName: "compare-differences.csv", holds: "every round's differences", text: differencesCsv(comparison) },
      ...(sealedPlan ? [planFile(sealedPlan)] : []),
    ],
  };
}

/** "all 5,000 test pairs", "the 1,000 validation pairs". */
const errorPairs = ({ architectures, differencePairs, evaluateOn }: ComparisonDocument): string =>
  `${areOnAllTestPairs(architectures) ? "all" : "the"} ${count(differencePairs)} ${evaluateOn ?? "test"} pairs`;

function commandOf(comparison: ComparisonDocument): string {
  const { architectures, baseline } = comparison;
  const searches = searchesOf(comparison);
  const [first] = architectures;
  const withFirst = [...(baseline === undefined ? [] : ["--baseline"]), ...untilOptions(comparison)];
  if (!first || !searches) return ["compare", ...architectures.map(({ name }) => name), ...withFirst].join(" ");
  const optimizers = [...new Set(searches.optimizers.map(({ name }) => name))].join(",");
  const trials = `--trials ${searches.plan.trials}`;
  return [`compare ${architectureOf(first)} --optimizers ${optimizers}`, trials, ...withFirst].join(" ");
}

/** The same runs decide the same, if no more are allowed. */
function untilOptions({ until, rounds }: ComparisonDocument): string[] {
  if (!until) return [];
  const margin = until.margin === undefined ? [] : [`--margin ${Number((100 * until.margin).toPrecision(12))}`];
  return ["--until shown", ...margin, `--rounds-at-most ${rounds}`];
}

function whatWasFound(searches: OptimizerSearches, comparison: ComparisonDocument): Block[] {
  const warnings = [...searches.optimizers.flatMap((each) => each.warnings), ...tunedOnce(comparison)];
  return [
    { kind: "heading", text: "How the optimizers were tuned" },
    { kind: "table", table: optimizersTable(searches) },
    ...(warnings.length > 0 ? [{ kind: "sentences", sentences: warnings } as const] : []),
  ];
}

/** Settings that differ from tuning to tuning, and so between the runs of a row; momentum stands in the optimizer's words. */
const chosenAnew = ({ optimizers = [], tunings = 1 }: ComparisonDocument): string[] =>
  tunings > 1 ? ["optimizer", ...new Set(optimizers.flatMap(({ settings }) => Object.keys(settings)))] : [];

/** One run of each row, the one that says most about its streams, with what the row is called. */
function runsOfRows(comparison: ComparisonDocument, records: readonly RunRecord[]): (ConfiguredRun & ToldRun)[] {
  return comparison.architectures.flatMap((row) => {
    const run = mostTold(records.filter(({ id }) => row.runs.some((each) => each.id === id)));
    return run
      ? [
          {
            ...run,
            title: titleOf(row),
            told: [...Object.keys(row.settings ?? {}), ...chosenAnew(comparison)].filter(isSetting).map(optionName),
          },
        ]
      : [];
  });
}

function drawFigures(
  comparison: ArchitectureComparison,
  { figures: { compareDifferencesSvg, compareErrorsSvg, paretoSvg }, document }: FigureTools,
): DrawnFigure[] {
  const errors = errorsIn(comparison);
  const { differencePairs, architectures } = comparison;
  // The figures of errors are of each round's own pairs.
  const [own, all] = areOnAllTestPairs(architectures)
    ? ["On each round's own test pairs.", `On all ${count(differencePairs)} test pairs of each round.`]
    : ["", ""];
  return [
    {
      fileName: "compare-errors.svg",
      name: `${errors}s in every round`,
      caption: own,
      svg: compareErrorsSvg(comparison, document),
    },
    {
      fileName: "compare-differences.svg",
      name: `Differences of ${errors.toLowerCase()}s in every round`,
      caption: all,
      svg: compareDifferencesSvg(comparison, document),
    },
    {
      fileName: "compare-pareto.svg",
      name: `${errors} against what a network costs`,
      caption: [own, ...timesSentences(architectures)].filter(Boolean).join(" "),
      svg: paretoSvg(comparison, document),
    },
  ];
}

/** What runs recorded, by the clock that they can be compared by. */
const RECORDED: Readonly<Record<Clock, string>> = {
  yardstick:
    "Each run recorded the processor time of its threads, and the time of a fixed work on its machine. By both, times are of the machine that is the median.",
  processor: "Each run recorded the processor time of its threads.",
  wall: "Each run recorded its own wall-clock time, which is longer where the machine did other work as well.",
};

/** How comparable the times are, which are the machine's and not only the networks'. */
function timesSentences(architectures: ArchitectureComparison["architectures"]): string[] {
  const ratios = architectures.map(({ secondsPerRun: { least, greatest } }) => greatest / least);
  const most = Math.max(...ratios.filter(Number.isFinite));
  return [
    RECORDED[architectures[0]?.secondsPerRun.clock ?? "wall"],
    ...(most > 1 && Number.isFinite(most)
      ? [`Of one network's runs the longest took up to ${most.toFixed(1)} times as long as the shortest.`]
      : []),
  ];
}

/** Test error of `a` minus that of `b`, one line for each pair of architectures and round; with its tuning, from 1, if there are several. */
function differencesCsv(comparison: ArchitectureComparison): string {
  const { tunings = 1 } = comparison;
  const rows = comparison.differences.flatMap(({ a, b }) =>
    byTuning(roundDifferences(comparison, { a, b }), tunings).flatMap((values, t) =>
      values.map((value, round) => [
        ...[a, b, ...(tunings > 1 ? [t + 1] : [])],
        ...[comparison.seed + t * values.length + round, value],
      ]),
    ),
  );
  return csv([["a", "b", ...(tunings > 1 ? ["tuning"] : []), "seed", "difference"], ...rows]);
}
