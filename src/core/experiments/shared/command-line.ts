import { findArchitecture } from "../../architectures/index.js";
import { optionName, optionText, withOption } from "../../settings/options.js";
import type { SettingName } from "../../settings/table.js";
import { ownValue, usualOf, valueIn } from "../../settings/values.js";
import type { RunRecord } from "../../training/index.js";
import { isMnist } from "../../training/job.js";
import { isStreamSeed, STREAM_NAMES, STREAM_SETTINGS } from "../../training/stream-seeds.js";
import type { ExperimentContext } from "./context.js";
import { apparatusOptions } from "./options.js";
import { isPapers } from "./question.js";

/** A run, with the options that its name in the command already contains. */
export interface ToldRun extends RunRecord {
  readonly told?: readonly string[];
}

/** What comes first. The other settings follow in the table's order. */
const ORDER = withOption(
  ...(["epochs", "batchSize", "learningRate", "dropout", "optimizer", "momentum", "nesterov", "weightDecay"] as const),
  ...([
    "schedule",
    "clipNorm",
    "weightAverage",
    "auxiliaryWeight",
    "members",
    "labelSmoothing",
    "labelFraction",
    "views",
  ] as const),
  ...(["augmentation", "pairing", "partners", "trainPairs"] as const),
);

/**
 * The command line that repeats an experiment: its options that are not the defaults and that decide a number.
 *
 * @param command  with its arguments
 * @param decides  names of options that the command does not have, because it decides them itself
 */
export function commandLine(
  command: string,
  { rounds, seed, tunings = 1, dataset, engine }: ExperimentContext,
  records: readonly ToldRun[],
  decides: readonly string[] = [],
): string {
  return [
    `pairlab ${command}`,
    ...(tunings > 1 ? [`--tunings ${tunings}`] : []),
    ...(decides.includes("rounds") ? [] : [`--rounds ${rounds / tunings}`]),
    `--seed ${seed}`,
    ...ORDER.filter((name) => !decides.includes(optionName(name)) && !isStreamSeed(name)).flatMap((name) =>
      settingOption(name, records),
    ),
    ...seedOptions(seed, records),
    ...apparatusOptions({ dataset, engine }),
  ].join(" ");
}

/** Streams that runs hold at one seed: "--fix data,init" where that is the first round's, else "--data-seed 7". */
function seedOptions(first: number, records: readonly ToldRun[]): string[] {
  const held = STREAM_NAMES.flatMap((stream) => {
    const setting = STREAM_SETTINGS[stream];
    const [seed] = records.flatMap(({ config, told }) =>
      config[setting] === undefined || told?.includes(optionName(setting)) ? [] : [config[setting]],
    );
    return seed === undefined ? [] : [{ stream, setting, seed }];
  });
  const fixed = held.filter(({ seed }) => seed === first).map(({ stream }) => stream);
  return [
    ...(fixed.length > 0 ? [`--fix ${fixed.join(",")}`] : []),
    ...held.filter(({ seed }) => seed !== first).flatMap(({ setting, seed }) => optionText(setting, seed)),
  ];
}

/** A setting's option, if a run differs in it from its architecture: an option applies to every architecture. */
function settingOption(name: SettingName, records: readonly ToldRun[]): string[] {
  const texts = records.flatMap(({ architecture, config, told }) => {
    const used = valueIn(config, name) ?? usualOf(name);
    if (used === undefined || told?.includes(optionName(name))) return [];
    const [text] = optionText(name, used);
    // How pairs of another question are drawn where nobody says it depends on the images: it is said.
    const isUsual = isPapers(config.relation) && isMnist(config.dataset);
    const depends = (name === "balance" || name === "split") && !isUsual;
    const own = depends ? undefined : ownValue(findArchitecture(architecture), name);
    return text === undefined || (own !== undefined && text === optionText(name, own)[0]) ? [] : [text];
  });
  return texts.slice(0, 1);
}
