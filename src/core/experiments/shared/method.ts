import { architectureTitle } from "../../architectures/registry.js";
import { withNested } from "../../network/kinds.js";
import { NETWORK_HAS } from "../../settings/has.js";
import { optimizerInWords } from "../../settings/optimizer-words.js";
import type { MethodLine, Row, ToldConfig } from "../../settings/row.js";
import { rowOf, SETTING_NAMES, type SettingName } from "../../settings/table.js";
import { type AnyValue, usualOf, valueIn } from "../../settings/values.js";
import { count, listed, percent, points } from "../../text/format.js";
import type { RunConfig, RunRecord } from "../../training/index.js";
import { classWord } from "../../training/job.js";
import { mostTold } from "../../training/stream-seeds.js";
import type { ExperimentContext } from "../shared/context.js";

/** The line of the settings that names the images. */
export const IMAGES = "Images";

/** Something that the numbers rest on, with its value in words. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** The training setting that it describes, if it describes one. */
  readonly setting?: SettingName;
}

/** The settings of a run; `title` replaces its architecture's title where that is ambiguous. */
export type ConfiguredRun = Pick<RunRecord, "architecture" | "config"> & { readonly title?: string };

/**
 * The settings that an experiment's numbers rest on, as its runs had them.
 *
 * @param records  at least one run of each architecture; rounds differ only in their seed
 */
export function settingsOf(
  experiment: ExperimentContext & { readonly architectures: readonly { readonly name: string }[] },
  records: readonly ConfiguredRun[],
): Setting[] {
  const { architectures } = experiment;
  const runs = architectures.flatMap(
    ({ name }) => mostTold(records.filter(({ architecture }) => architecture === name)) ?? [],
  );
  return settingsOfRuns(experiment, runs);
}

/** The same, of one run of each thing that the experiment is about. */
export function settingsOfRuns(experiment: ExperimentContext, runs: readonly ConfiguredRun[]): Setting[] {
  const { rounds, seed } = experiment;
  const seeds = rounds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + rounds - 1}`;
  return [
    {
      name: "Rounds",
      value: `${count(rounds)}, ${seeds}; a seed decides the pairs, starting weights, batch order and dropout, and gives every architecture the same pairs in the same order`,
    },
    ...settingsBesideRounds(experiment, runs),
  ];
}

/** The same without the rounds. */
export function settingsBesideRounds(
  { dataset, engine }: Pick<ExperimentContext, "dataset" | "engine">,
  runs: readonly ConfiguredRun[],
): Setting[] {
  return [
    ...trainingSettings(runs),
    { name: IMAGES, value: `${dataset.name}, SHA-256 ${dataset.sha256}` },
    {
      name: "Engine",
      value: `pairlab ${engine.version}, ${engine.simd} SIMD, ${engine.workers} ${engine.workers === 1 ? "worker" : "workers"}`,
    },
    { name: "±", value: "standard deviation (n − 1) over rounds" },
    {
      name: "95% interval",
      value: "Student's for a mean over rounds; for a difference all values that its test does not reject at 5%",
    },
    ...(runs.length > 0
      ? [
          {
            name: `Finite ${onTestImages(runs) ? "test" : "validation"} set`,
            value: grouped(runs, ({ testPairs }) => testSetSpread(testPairs)),
          },
        ]
      : []),
  ];
}

/** Settings that come first. The others follow in the table's order. */
const FIRST: readonly SettingName[] = [
  ...(["trainPairs", "epochs", "batchSize", "optimizer", "learningRate", "members", "clipNorm"] as const),
  ...(["weightAverage", "auxiliaryWeight", "labelSmoothing", "labelFraction", "views", "dropout"] as const),
];

/** How runs were trained, in words: what they share, or each value with the architectures that have it. */
export function trainingSettings(runs: readonly ConfiguredRun[]): Setting[] {
  const withBatchNorm = runs.filter(({ config }) => layersOf(config).some(({ kind }) => kind === "batch-norm"));
  return [
    ...FIRST.flatMap((name) => methodLine(name, runs)),
    {
      name: "Inputs",
      value: "standardised by the mean and standard deviation of all pixels of the round's training pairs",
    },
    { name: "Starting weights", value: grouped(runs, startedFrom) },
    ...(withBatchNorm.length > 0
      ? [{ name: "Batch norm", value: `${grouped(withBatchNorm, normalizedOver)}; running statistics when evaluated` }]
      : []),
    ...SETTING_NAMES.filter((name) => !FIRST.includes(name)).flatMap((name) => methodLine(name, runs)),
  ];
}

/** What a run's weights were before training. */
function startedFrom({ startingWeights }: RunConfig): string {
  if (!startingWeights) return DEFAULT_START;
  const { sha256, part } = startingWeights;
  return `given, SHA-256 ${sha256}${part === "trunk" ? `; of the head, ${DEFAULT_START}` : ""}`;
}

const DEFAULT_START = "PyTorch's default initialisation";

/** A setting's line, where one of the runs has the setting. */
function methodLine(name: SettingName, runs: readonly ConfiguredRun[]): Setting[] {
  const method: Row["method"] = rowOf(name).method;
  if (!("value" in method)) return [];
  const isTold = ({ config }: ConfiguredRun) => !method.unlessUsual || valueIn(config, name) !== usualOf(name);
  const having = runs.filter((run) => hasSetting(run.config, name) && isTold(run));
  const among = method.ofAll && having.length > 0 ? runs : having;
  const [first, ...others] = among.map(({ config }) => told(config));
  if (!first) return [];
  const inWords = method.value as MethodLine<AnyValue | undefined>["value"];
  const values = grouped(among, (config) => inWords(valueIn(config, name) ?? usualOf(name), told(config)));
  const { name: title, remark = "" } = method;
  return [
    {
      name: typeof title === "string" ? title : title(first),
      value: values + (typeof remark === "string" ? remark : remark([first, ...others])),
      setting: name,
    },
  ];
}

const told = (config: RunConfig): ToldConfig => ({
  ...config,
  optimizerInWords: optimizerInWords(config),
  classWord: classWord(config.dataset),
});

/** Whether a run was trained with a setting, or could have been with another value. */
function hasSetting(config: RunConfig, name: SettingName): boolean {
  const { place, of } = rowOf(name);
  if (place === "config") return of !== "dropout" || NETWORK_HAS.dropout(config.network);
  const value = valueIn(config, name);
  return value !== undefined && value !== usualOf(name);
}

const onTestImages = (runs: readonly ConfiguredRun[]): boolean =>
  runs.some(({ config }) => config.evaluateOn === "test");

/** How a reproduction is judged. */
export const VERDICT_RULE: Setting = {
  name: "Verdict",
  value:
    "a test error agrees where the 90% interval of the difference of the two means (Student's, unequal variances) lies within a tenth of the paper's error; it is lower or higher where the 95% interval excludes zero; else it is open. The paper does not say how many rounds it has, so a verdict may depend on that number",
};

/** A value that all runs share, or each value with the architectures that have it. */
function grouped(runs: readonly ConfiguredRun[], value: (config: RunConfig) => string): string {
  const titles = new Map<string, string[]>();
  for (const { architecture, config, title = architectureTitle(architecture) } of runs) {
    const text = value(config);
    titles.set(text, [...(titles.get(text) ?? []), title]);
  }
  if (titles.size === 1) return [...titles.keys()].join("");
  return [...titles].map(([text, those]) => `${text} (${listed(those)})`).join("; ");
}

const layersOf = ({ network }: RunConfig) => withNested([...network.trunk, ...network.head]);

const normalizedOver = ({ network: { trunks } }: RunConfig): string =>
  trunks === "separate"
    ? "statistics over all pairs in a batch, of each image separately"
    : "statistics over both images of all pairs in a batch";

/** A trained network's error is itself an estimate, from a finite number of test pairs: a binomial proportion. */
function testSetSpread(pairs: number): string {
  const example = 0.02;
  const deviation = Math.sqrt((example * (1 - example)) / pairs);
  return `an error measured on ${count(pairs)} pairs is itself a sample: at ${percent(example).replace(".0", "")} its standard deviation is ${points(deviation)}, which is part of the spread over rounds`;
}
