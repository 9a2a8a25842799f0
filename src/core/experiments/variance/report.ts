import { architectureTitle } from "../../architectures/registry.js";
import { csv } from "../../formats/csv.js";
import type { SettingValue } from "../../settings/domain.js";
import { optionName, optionText } from "../../settings/options.js";
import { SETTINGS, type SettingName } from "../../settings/table.js";
import type { Table } from "../../text/table.js";
import { STREAM_SETTINGS } from "../../training/stream-seeds.js";
import { commandLine } from "../shared/command-line.js";
import { exactError } from "../shared/every-round.js";
import type { Findings } from "../shared/experiment.js";
import { IMAGES, type Setting, trainingSettings } from "../shared/method.js";
import type { Block, FigureTools, PartContent } from "../shared/part.js";
import { questionFirst } from "../shared/question.js";
import { CANDIDATES, LEVELS, streamsOf } from "./design.js";
import type { VarianceOptions } from "./experiment.js";
import { partTitle, tuningsTable, tuningWords, varianceSentences, varianceTable } from "./tables.js";
import { heldFromSearch, type Tunings } from "./tuning.js";
import { type Variance, withoutFactors } from "./variance.js";

/** The part of a report that splits the variance of a network's test error. */
export function variancePart(
  { result, records }: Findings<Variance>,
  { figures, document }: FigureTools,
  { factors: asked, levels: askedLevels, settings: given = {} }: VarianceOptions,
): PartContent {
  const { architecture, factors, levels, testPairs, testImages, runs, parts, seed, tuning, dataset, engine } = result;
  const tuned = Object.keys(tuning?.searched ?? {});
  const held = tuning ? heldFromSearch(architecture, given) : [];
  const told = records.slice(-1).map((run) => withoutFactors(run, factors));
  const options = [
    ...(asked ? [`--factors ${streamsOf(factors).join(",")}`] : []),
    ...(tuning && tuning.candidates !== CANDIDATES ? [`--candidates ${tuning.candidates}`] : []),
    // A setting that is given is not searched, also where it is the network's own.
    ...held.flatMap((setting) => optionText(setting, given[setting] as SettingValue)),
    ...(askedLevels === undefined || tuning || levels === (factors.length > 4 ? LEVELS.many : LEVELS.few)
      ? []
      : [`--levels ${levels}`]),
    ...(testPairs === SETTINGS.testPairs.usual ? [] : [`--test-pairs ${testPairs}`]),
  ];
  const decides = [
    ...["rounds", "evaluate", ...[...tuned, ...held].map((setting) => optionName(setting as SettingName))],
    ...streamsOf(factors).map((stream) => optionName(STREAM_SETTINGS[stream])),
  ];
  const settings: Setting[] = [
    {
      name: "Runs",
      value: `${runs.length}: run r has seed ${seed} + r, and a source of chance at level l has seed ${seed} + l${tuning ? "; with tuning at level l it has the settings that tuning l chose" : ""}`,
    },
    ...trainingSettings(told).filter(({ setting }) => setting === undefined || !tuned.includes(setting)),
    ...(tuning ? [{ name: "Tuned", value: tuningWords(tuning) }] : []),
    { name: IMAGES, value: `${dataset.name}, SHA-256 ${dataset.sha256}` },
    {
      name: "Engine",
      value: `pairlab ${engine.version}, ${engine.simd} SIMD, ${engine.workers} ${engine.workers === 1 ? "worker" : "workers"}`,
    },
    {
      name: "Parts",
      value:
        "the method of moments of a crossed analysis of variance with random effects (Searle, Casella & McCulloch 1992)",
    },
    ...(testImages === undefined
      ? []
      : [
          {
            name: "Test images",
            value:
              "the covariance of two runs' errors by images that both have, from every run's verdicts on all test pairs, clustered by image (Cameron, Gelbach & Miller 2011; Aronow, Samii & Assenova 2015)",
          },
        ]),
    {
      name: "95% interval",
      value: "generalized (Weerahandi 1993), from 10,000 draws; it takes effects to be normal",
    },
  ];
  return {
    title: `What the variance of ${architectureTitle(architecture)} comes from`,
    introduction: `${questionFirst(records)}Each source of chance has a stream of random numbers of its own. Here some of them are crossed: each seed of one meets each seed of another in one run. Errors are those on test pairs after the last epoch.`,
    blocks: [
      { kind: "heading", text: "What is shown, and what is not" },
      { kind: "sentences", sentences: varianceSentences(result) },
      ...(parts
        ? [
            {
              kind: "figure",
              figure: {
                fileName: "variance.svg",
                name: "Parts of the variance of the test error",
                caption: "",
                svg: figures.varianceSvg(result, document),
              },
            } as const,
          ]
        : []),
      { kind: "table", table: varianceTable(result) },
      ...(tuning ? [{ kind: "table", table: tuningsTable(tuning) } as const] : []),
      { kind: "heading", text: "Settings" },
      { kind: "settings", settings },
      { kind: "heading", text: "Every run" },
      everyRun(result),
      {
        kind: "command",
        command: commandLine(
          ["variance", architecture, ...options].join(" "),
          { rounds: runs.length, seed, ...(tuning && { tunings: levels }), dataset, engine },
          told,
          decides,
        ),
      },
    ],
    files: [
      { fileName: "variance.csv", holds: "the parts", text: partsCsv(result) },
      ...(tuning
        ? [{ fileName: "variance-tuning.csv", holds: "what each tuning tried", text: tuningCsv(tuning) }]
        : []),
      { fileName: "variance-runs.csv", holds: "every run's errors", text: runsCsv(result) },
    ],
  };
}

function everyRun({ factors, runs }: Variance): Block {
  const table: Table = {
    title: "Every run",
    caption: "A level counts the seeds of a source of chance, and tunings, from 0.",
    columns: ["Seed", ...factors.map(partTitle), "Train error", "Test error", "Run", "SHA-256 of the weights"],
    rows: runs.map((run) => [
      String(run.seed),
      ...factors.map((stream) => String(run.levels[stream])),
      exactError(run, run.trainError),
      exactError(run, run.testError),
      run.id,
      `${run.weightsSha256.slice(0, 16)}…`,
    ]),
  };
  return { kind: "fold", summary: `${runs.length} runs`, table };
}

/** A line for each part. Variances are of errors as fractions of pairs; `estimate` may be below 0, `variance` not. */
const partsCsv = ({ parts }: Variance): string =>
  csv([
    ["part", "share", "share_low", "share_high", "variance", "variance_low", "variance_high", "estimate"],
    ...(parts ?? []).map(({ name, share, share95, variance, variance95, estimate }) => [
      ...[name, share, ...share95, variance, ...variance95, estimate],
    ]),
  ]);

/** A line for each run, with the level of each source of chance that is crossed. */
const runsCsv = ({ factors, runs }: Variance): string =>
  csv([
    ["seed", ...factors, "train_error", "test_error", "run"],
    ...runs.map(({ seed, levels, trainError, testError, id }) => [
      seed,
      ...factors.map((stream) => levels[stream]),
      ...[trainError, testError, id],
    ]),
  ]);

/** A line for each candidate of each tuning. */
function tuningCsv({ searched, each }: Tunings): string {
  const settings = Object.keys(searched);
  return csv([
    ["tuning", "seed", "candidate", ...settings, "validation_error", "chosen"],
    ...each.flatMap(({ seed, tried, chosen }, tuning) =>
      tried.map((candidate, i) => [
        ...[tuning, seed, i],
        ...settings.map((setting) => candidate.settings[setting] ?? ""),
        ...[candidate.errors[0], Number(i === chosen)],
      ]),
    ),
  ]);
}
