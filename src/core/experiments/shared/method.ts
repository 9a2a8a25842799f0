import { findArchitecture } from "../../architectures/index.js";
import { type Views, withNested } from "../../network/index.js";
import { augmentationParts, pairingWords } from "../../settings/augmentation-words.js";
import { averageInWords, clippingInWords, optimizerInWords, rateInWords } from "../../settings/optimizer-words.js";
import { count, listed, percent, points } from "../../text/format.js";
import type { RunConfig, RunRecord } from "../../training/index.js";
import type { ExperimentContext } from "../shared/context.js";

/** Something that the numbers rest on, with its value in words. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** A run as far as its settings go; `title` is what it is called where its architecture's title does not do. */
export type ConfiguredRun = Pick<RunRecord, "architecture" | "config"> & { readonly title?: string };

/**
 * The settings that an experiment's numbers rest on, as its runs had them.
 *
 * @param records  one run of each architecture at least; rounds differ in their seed alone
 */
export function settingsOf(
  experiment: ExperimentContext & { readonly architectures: readonly { readonly name: string }[] },
  records: readonly ConfiguredRun[],
): Setting[] {
  const { architectures } = experiment;
  const runs = architectures.flatMap(({ name }) => records.find(({ architecture }) => architecture === name) ?? []);
  return settingsOfRuns(experiment, runs);
}

/** The same, of one run of each thing that the experiment is about. */
export function settingsOfRuns(experiment: ExperimentContext, runs: readonly ConfiguredRun[]): Setting[] {
  const { rounds, seed, dataset, engine } = experiment;
  const seeds = rounds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + rounds - 1}`;
  const settings: (Setting | undefined)[] = [
    {
      name: "Rounds",
      value: `${count(rounds)}, ${seeds}; a seed decides the pairs, starting weights, batch order and dropout, and gives every architecture the same pairs in the same order`,
    },
    ...trainingSettings(runs),
    { name: "Images", value: `${dataset.name}, SHA-256 ${dataset.sha256}` },
    {
      name: "Engine",
      value: `pairlab ${engine.version}, ${engine.simd} SIMD, ${engine.workers} ${engine.workers === 1 ? "worker" : "workers"}`,
    },
    { name: "±", value: "standard deviation (n − 1) over rounds" },
    {
      name: "95% interval",
      value: "of the mean over rounds: BCa bootstrap, 10,000 resamples, widened for few rounds by Student's t",
    },
    optional(
      `Finite ${onTestImages(runs) ? "test" : "validation"} set`,
      grouped(runs, ({ testPairs }) => testSetSpread(testPairs)),
    ),
  ];
  return settings.filter((setting) => setting !== undefined);
}

/** How runs were trained, in words: what they share, or each value with the architectures that have it. */
export function trainingSettings(runs: readonly ConfiguredRun[]): Setting[] {
  const over = (value: (config: RunConfig) => string, among = runs) => grouped(among, value);
  const withDropout = runs.filter(({ config }) => layersOf(config).some(isRatelessDropout));
  const withBatchNorm = runs.filter(({ config }) => layersOf(config).some(({ kind }) => kind === "batch-norm"));
  const withDigits = runs.filter(({ config }) => config.network.auxiliaryWeight > 0);
  const withClipping = runs.filter(({ config }) => config.clipNorm !== undefined);
  const withAverage = runs.filter(({ config }) => config.weightAverage !== undefined);
  const withSmoothing = runs.filter(({ config }) => config.labelSmoothing !== undefined);
  const withViews = runs.filter(({ config }) => config.views !== undefined);
  const augmented = runs.some(({ config }) => config.augmentation);
  const repaired = runs.some(({ config }) => config.pairing);
  const ensembles = runs.filter(({ config }) => config.network.members !== undefined);
  const withPartners = runs.filter(({ config }) => config.partners !== undefined);
  const settings: (Setting | undefined)[] = [
    {
      name: "Pairs",
      value: `${over(({ trainPairs, testPairs, evaluateOn }) => `${count(trainPairs)} training and ${count(testPairs)} ${evaluateOn} pairs a round`)}, drawn without replacement from the training images${onTestImages(runs) ? " and the test images" : ""}: no image occurs twice in a set`,
    },
    { name: "Epochs", value: `${over(({ epochs }) => count(epochs))}; errors are those after the last` },
    { name: "Batch size", value: over(({ batchSize }) => `${count(batchSize)} pairs`) },
    { name: "Optimizer", value: `${over(optimizerInWords)}, on the cross-entropy` },
    { name: "Learning rate", value: over(rateInWords) },
    optional(
      "Members",
      over(({ network: { members } }) => `${members} trunks`, ensembles),
      ", each with weights of its own, learn from the same batches; decided on the mean of their digit logits",
    ),
    optional("Clipping", over(clippingInWords, withClipping)),
    optional("Weight average", over(averageInWords, withAverage)),
    optional("Weight of each image's digit loss", over(auxiliaryWeight, withDigits)),
    optional(
      "Label smoothing",
      over(({ labelSmoothing }) => String(labelSmoothing), withSmoothing),
      " of the digits' loss in training; evaluation reports the plain cross-entropy",
    ),
    optional(
      "Views",
      over(({ views }) => VIEWS[views as Views], withViews),
    ),
    optional(
      "Dropout",
      over(({ dropout }) => String(dropout), withDropout),
      " where an architecture has it; the paper prints no rate",
    ),
    {
      name: "Inputs",
      value: "standardised by the mean and standard deviation of all pixels of the round's training pairs",
    },
    { name: "Starting weights", value: "PyTorch's default initialisation" },
    withBatchNorm.length > 0
      ? {
          name: "Batch norm",
          value: `${over(normalizedOver, withBatchNorm)}; running statistics when evaluated`,
        }
      : undefined,
    augmented
      ? {
          name: "Augmentation",
          value: `${over(({ augmentation }) => augmentationParts(augmentation))}; of training images, each time anew`,
        }
      : undefined,
    repaired
      ? { name: "Training pairs", value: `${over(({ pairing }) => pairingWords(pairing))}; evaluated as drawn` }
      : undefined,
    optional(
      "Partners",
      over(({ partners }) => `${partners} others of its batch for each image, at random`, withPartners),
      "; evaluated in its pair alone",
    ),
  ];
  return settings.filter((setting) => setting !== undefined);
}

const onTestImages = (runs: readonly ConfiguredRun[]): boolean =>
  runs.some(({ config }) => config.evaluateOn === "test");

/** How a reproduction is judged. */
export const VERDICT_RULE: Setting = {
  name: "Verdict",
  value: "a test error agrees where the two means lie within two of their combined standard deviations",
};

const VIEWS: Readonly<Record<Views, string>> = {
  shifts:
    "in evaluation each image and its four shifts by one pixel are looked at, and decided on the mean of the digit logits, the image with weight 1 and each shift with ½",
};

/** A value that all runs share, or each value with the architectures that have it. */
function grouped(runs: readonly ConfiguredRun[], value: (config: RunConfig) => string): string {
  const titles = new Map<string, string[]>();
  for (const { architecture, config, title = findArchitecture(architecture).title } of runs) {
    const text = value(config);
    titles.set(text, [...(titles.get(text) ?? []), title]);
  }
  if (titles.size === 1) return [...titles.keys()].join("");
  return [...titles].map(([text, those]) => `${text} (${listed(those)})`).join("; ");
}

const optional = (name: string, value: string, remark = ""): Setting | undefined =>
  value ? { name, value: value + remark } : undefined;

const layersOf = ({ network }: RunConfig) => withNested([...network.trunk, ...network.head]);

const isRatelessDropout = (layer: RunConfig["network"]["trunk"][number]): boolean =>
  layer.kind === "dropout" && layer.rate === undefined;

const normalizedOver = ({ network: { trunks } }: RunConfig): string =>
  trunks === "separate"
    ? "statistics over all pairs in a batch, of each image by itself"
    : "statistics over both images of all pairs in a batch";

const auxiliaryWeight = ({ network: { auxiliaryWeight, head, pairWeight = 1 } }: RunConfig): string =>
  head.length > 0 && pairWeight > 0
    ? `${auxiliaryWeight}, beside ${pairWeight} for the pair's label`
    : `${auxiliaryWeight}, with no other loss`;

/** A trained network's error is itself an estimate, from a finite number of test pairs: a binomial proportion. */
function testSetSpread(pairs: number): string {
  const example = 0.02;
  const deviation = Math.sqrt((example * (1 - example)) / pairs);
  return `an error measured on ${count(pairs)} pairs is itself a sample: at ${percent(example).replace(".0", "")} its standard deviation is ${points(deviation)}, which is part of the spread over rounds`;
}
