import { DEFAULT_PAIRS } from "../../core/data/pairs.js";
import { type ExperimentContext, findArchitecture, type RunRecord } from "../../core/index.js";
import { augmentationWords } from "../../core/settings/augmentation-words.js";

/** A run, with the options that its name in the command tells already. */
export interface ToldRun extends RunRecord {
  readonly told?: readonly string[];
}

/**
 * The command line that repeats an experiment: its options that are not the defaults and that decide a number.
 *
 * @param command  with its arguments
 * @param decides  names of options that the command does not have, for it decides them by itself
 */
export function commandLine(
  command: string,
  { rounds, seed, dataset, engine }: ExperimentContext,
  records: readonly ToldRun[],
  decides: readonly string[] = [],
): string {
  // An option holds for every architecture, so one whose own setting differs tells it.
  type Value = (record: RunRecord) => string | number | undefined;
  const option = (name: string, used: Value, own: Value) => {
    const silent = decides.includes(name);
    const changed = records.find(
      (record) => !silent && !record.told?.includes(name) && used(record) !== undefined && used(record) !== own(record),
    );
    return changed ? [`--${name} ${used(changed)}`] : [];
  };
  /** One that both may lack. */
  const optional = (name: string, setting: OptionalSetting, off?: string | number) =>
    option(
      name,
      ({ config }) => config[setting] ?? off,
      (record) => architecture(record)[setting] ?? off,
    );
  const architecture = (record: RunRecord) => findArchitecture(record.architecture);
  return [
    `pairlab ${command}`,
    `--rounds ${rounds}`,
    `--seed ${seed}`,
    ...option(
      "epochs",
      ({ config }) => config.epochs,
      (record) => architecture(record).epochs,
    ),
    ...option(
      "batch-size",
      ({ config }) => config.batchSize,
      (record) => architecture(record).batchSize,
    ),
    ...option(
      "learning-rate",
      ({ config }) => config.learningRate,
      (record) => architecture(record).learningRate,
    ),
    ...option(
      "dropout",
      ({ config }) => config.dropout,
      (record) => architecture(record).dropout,
    ),
    ...option(
      "optimizer",
      ({ config }) => config.optimizer,
      (record) => architecture(record).optimizer,
    ),
    ...optional("momentum", "momentum"),
    ...(records.some(
      ({ told, config, architecture: name }) =>
        config.nesterov && !told?.includes("nesterov") && !findArchitecture(name).nesterov,
    )
      ? ["--nesterov"]
      : []),
    ...optional("weight-decay", "weightDecay"),
    ...optional("schedule", "schedule", "constant"),
    ...optional("clip-norm", "clipNorm", 0),
    ...optional("weight-average", "weightAverage", 0),
    ...option(
      "auxiliary-weight",
      ({ config }) => config.network.auxiliaryWeight,
      (record) => architecture(record).auxiliaryWeight ?? 0,
    ),
    ...option(
      "members",
      ({ config }) => config.network.members ?? 1,
      (record) => architecture(record).members ?? 1,
    ),
    ...option(
      "label-smoothing",
      ({ config }) => config.labelSmoothing ?? 0,
      (record) => architecture(record).labelSmoothing ?? 0,
    ),
    ...option(
      "views",
      ({ config }) => config.views ?? "none",
      (record) => architecture(record).views ?? "none",
    ),
    ...option(
      "augmentation",
      ({ config }) => augmentationWords(config.augmentation),
      (record) => augmentationWords(architecture(record).augmentation),
    ),
    ...option(
      "pairing",
      ({ config }) => config.pairing ?? "drawn",
      (record) => architecture(record).pairing ?? "drawn",
    ),
    ...option(
      "partners",
      ({ config }) => config.partners ?? 1,
      (record) => architecture(record).partners ?? 1,
    ),
    ...option(
      "pairs",
      ({ config }) => config.trainPairs,
      () => DEFAULT_PAIRS,
    ),
    ...option(
      "evaluate",
      ({ config }) => config.evaluate,
      (record) => architecture(record).evaluate ?? "epoch",
    ),
    ...option(
      "evaluate-on",
      ({ config }) => config.evaluateOn,
      () => "test",
    ),
    // The report does not tell where its reader keeps other images than the package's.
    ...(dataset.name === "MNIST" ? [] : ["--data DIR"]),
    ...(engine.simd === "base" ? [] : [`--simd ${engine.simd}`]),
  ].join(" ");
}

type OptionalSetting = "momentum" | "weightDecay" | "schedule" | "clipNorm" | "weightAverage";
