import {
  DEFAULT_PAIRS,
  type ExperimentContext,
  findArchitecture,
  type RunRecord,
  type Worth,
} from "../../core/index.js";

/**
 * The command line that repeats an experiment: its options that are not the defaults and that decide a number.
 *
 * @param command  with its arguments
 */
export function commandLine(
  command: string,
  { rounds, seed, dataset, engine }: ExperimentContext,
  records: readonly RunRecord[],
): string {
  // An option holds for every architecture, so one whose own setting differs tells it.
  const option = (name: string, used: (record: RunRecord) => number, own: (record: RunRecord) => number) => {
    const changed = records.find((record) => used(record) !== own(record));
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
      "pairs",
      ({ config }) => config.trainPairs,
      () => DEFAULT_PAIRS,
    ),
    ...(records.some(({ config }) => config.evaluate === "end") ? ["--evaluate end"] : []),
    ...identityOptions({ dataset, engine }),
  ].join(" ");
}

/** The command line that repeats `pairlab worth`: all that decides a number, whatever the presets become. */
export function worthCommandLine({ sizes, epochs, ...context }: Worth, records: readonly RunRecord[]): string {
  const changed = records.find(
    ({ architecture, config }) => config.batchSize !== findArchitecture(architecture).batchSize,
  );
  return [
    "pairlab worth",
    `--rounds ${context.rounds}`,
    `--sizes ${sizes.join(",")}`,
    `--seed ${context.seed}`,
    `--epochs ${epochs}`,
    ...(changed ? [`--batch-size ${changed.config.batchSize}`] : []),
    ...identityOptions(context),
  ].join(" ");
}

function identityOptions({ dataset, engine }: Pick<ExperimentContext, "dataset" | "engine">): string[] {
  return [
    // The report does not tell where its reader keeps other images than the package's.
    ...(dataset.name === "MNIST" ? [] : ["--data DIR"]),
    ...(engine.simd === "base" ? [] : [`--simd ${engine.simd}`]),
  ];
}
