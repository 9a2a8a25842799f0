import { DEFAULT_PAIRS, type ExperimentContext, findArchitecture, type RunRecord } from "../../core/index.js";

/**
 * The command line that repeats an experiment: its options that are not the defaults and that decide a number.
 *
 * @param command  with its arguments
 * @param decides  names of options that the command does not have, for it decides them by itself
 */
export function commandLine(
  command: string,
  { rounds, seed, dataset, engine }: ExperimentContext,
  records: readonly RunRecord[],
  decides: readonly string[] = [],
): string {
  // An option holds for every architecture, so one whose own setting differs tells it.
  const option = (
    name: string,
    used: (record: RunRecord) => number | string,
    own: (record: RunRecord) => number | string,
  ) => {
    const changed = !decides.includes(name) && records.find((record) => used(record) !== own(record));
    return changed ? [`--${name} ${used(changed)}`] : [];
  };
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
      "auxiliary-weight",
      ({ config }) => config.network.auxiliaryWeight,
      (record) => architecture(record).auxiliaryWeight ?? 0,
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
      "pairs",
      ({ config }) => config.trainPairs,
      () => DEFAULT_PAIRS,
    ),
    ...(!decides.includes("evaluate") && records.some(({ config }) => config.evaluate === "end")
      ? ["--evaluate end"]
      : []),
    // The report does not tell where its reader keeps other images than the package's.
    ...(dataset.name === "MNIST" ? [] : ["--data DIR"]),
    ...(engine.simd === "base" ? [] : [`--simd ${engine.simd}`]),
  ].join(" ");
}
