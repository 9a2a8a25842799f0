import { PAPER_NETWORKS } from "../../core/architectures/registry.js";
import { relationNamed } from "../../core/data/relations.js";
import { findArchitecture, type Job } from "../../core/index.js";
import { optionText } from "../../core/settings/options.js";
import { SETTINGS, type SettingName } from "../../core/settings/table.js";
import { ownValue, usualOf, valueIn } from "../../core/settings/values.js";
import type { Address } from "./address.js";
import { FIELDS, SAID_BY_LISTS, type Settings } from "./options.js";

/** What was asked of the images, as options: "--size 32x32". */
type Images = readonly string[];

/** The command that trains what an address asks for, to the same bits. */
export function experimentCommand({ networks, seed, rounds, settings }: Address, images: Images = []): string {
  const [first, second] = networks;
  const isPaper = networks.length === PAPER_NETWORKS.length && PAPER_NETWORKS.every((name) => networks.includes(name));
  if (isPaper) return words("reproduce", [], { seed, rounds }, settings, images);
  if (first === undefined) return "";
  if (second !== undefined) return words("compare", networks, { seed, rounds }, settings, images);
  const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
  return seeds.map((each) => words("train", [first], { seed: each }, settings, images)).join("\n");
}

/** The command that trains a run of this page to the same bits. */
export const runCommand = (job: Pick<Job, "architecture" | "seed" | "config">, images: Images = []): string =>
  words("train", [job.architecture], { seed: job.seed }, changedSettings(job), images);

/** Which of them is usual is decided by the question: a command about another one says them. */
const DECIDED: readonly SettingName[] = ["balance", "split"];

/** The settings of a run of this page that are not its architecture's own. */
export function changedSettings({ architecture, config }: Pick<Job, "architecture" | "config">): Settings {
  const own = findArchitecture(architecture);
  // A list says its question: no command does.
  const { listed } = relationNamed(config.relation);
  const said = (name: SettingName) => valueIn(config, name) ?? usualOf(name);
  const isSaid = (name: SettingName) =>
    said(name) !== ownValue(own, name) || (config.relation !== SETTINGS.relation.usual && DECIDED.includes(name));
  const names = FIELDS.map(({ setting }) => setting).filter(
    (name) => !(listed && SAID_BY_LISTS.includes(name)) && isSaid(name),
  );
  return Object.fromEntries(names.map((name) => [name, said(name)]));
}

function words(
  command: string,
  networks: readonly string[],
  counts: Readonly<Record<string, number>>,
  settings: Settings,
  images: Images,
): string {
  const options = [
    ...Object.entries(counts).map(([name, value]) => `--${name} ${value}`),
    ...FIELDS.flatMap(({ setting }) => {
      const value = settings[setting];
      return value === undefined ? [] : optionText(setting, value);
    }),
    ...images,
  ];
  return ["npx pairlab", command, ...networks, ...options].join(" ");
}
