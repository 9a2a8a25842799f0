import { DEFAULT_PAIRS } from "../../core/data/pairs.js";
import { findArchitecture, type Job } from "../../core/index.js";
import { type Address, PAPER_NETWORKS } from "./address.js";
import { NUMBER_OPTIONS, OPTIMIZER_OPTION, type Settings } from "./options.js";

/** The command that trains what an address asks for, to the same bits. */
export function experimentCommand({ networks, seed, rounds, settings }: Address): string {
  const [first, second] = networks;
  const isPaper = networks.length === PAPER_NETWORKS.length && PAPER_NETWORKS.every((name) => networks.includes(name));
  if (isPaper) return words("reproduce", [], { seed, rounds }, settings);
  if (first === undefined) return "";
  if (second !== undefined) return words("compare", networks, { seed, rounds }, settings);
  const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
  return seeds.map((each) => words("train", [first], { seed: each }, settings)).join("\n");
}

/** The command that trains a run of this page to the same bits. */
export const runCommand = (job: Pick<Job, "architecture" | "seed" | "config">): string =>
  words("train", [job.architecture], { seed: job.seed }, changedSettings(job));

/** The settings of a run of this page that are not its architecture's own. */
export function changedSettings({ architecture, config }: Pick<Job, "architecture" | "config">): Settings {
  const own = findArchitecture(architecture);
  const usual: Required<Settings> = {
    epochs: own.epochs,
    batchSize: own.batchSize,
    learningRate: own.learningRate,
    dropout: own.dropout,
    optimizer: own.optimizer,
    auxiliaryWeight: own.auxiliaryWeight ?? 0,
    trainPairs: DEFAULT_PAIRS,
  };
  const actual: Required<Settings> = { ...config, auxiliaryWeight: config.network.auxiliaryWeight };
  const names = Object.keys(usual) as (keyof Settings)[];
  return Object.fromEntries(names.filter((name) => actual[name] !== usual[name]).map((name) => [name, actual[name]]));
}

function words(
  command: string,
  networks: readonly string[],
  counts: Readonly<Record<string, number>>,
  settings: Settings,
): string {
  const options: [string, string | number | undefined][] = [
    ...Object.entries(counts),
    ...NUMBER_OPTIONS.map(({ setting, option }): [string, number | undefined] => [option, settings[setting]]),
    [OPTIMIZER_OPTION.option, settings.optimizer],
  ];
  const given = options.filter(([, value]) => value !== undefined).flatMap(([name, value]) => [`--${name}`, value]);
  return ["npx pairlab", command, ...networks, ...given].join(" ");
}
