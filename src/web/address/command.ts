import { ownArchitecture } from "../../core/architectures/own.js";
import { PAPER_NETWORKS } from "../../core/architectures/registry.js";
import { relationNamed } from "../../core/data/relations.js";
import { findArchitecture, type Job, type OwnArchitecture } from "../../core/index.js";
import { optionText } from "../../core/settings/options.js";
import { SETTINGS, type SettingName } from "../../core/settings/table.js";
import { ownValue, usualOf, valueIn } from "../../core/settings/values.js";
import type { Address } from "./address.js";
import { FIELDS, SAID_BY_LISTS, type Settings } from "./options.js";

/**
 * What a command with networks of one's own reads them from. No folder has a configuration of this name that a command takes by itself:
 * such a one may have defaults, which would change what the command trains.
 */
export const CONFIG_NAME = "networks.json";

/**
 * The command that trains what an address asks for, to the same bits. One about networks of one's own reads them from CONFIG_NAME. None
 * takes a configuration of the folder where it is typed.
 *
 * @param asked  of the images, as options: "--size 32x32"
 */
export function experimentCommand(address: Address, asked: readonly string[] = []): string {
  const { networks, own, seed, rounds, settings } = address;
  const images = [...asked, configOption(own)];
  const [first, second] = networks;
  const isPaper = networks.length === PAPER_NETWORKS.length && PAPER_NETWORKS.every((name) => networks.includes(name));
  if (isPaper) return words("reproduce", [], { seed, rounds }, settings, images);
  if (first === undefined) return "";
  if (second !== undefined) return words("compare", networks, { seed, rounds }, settings, images);
  const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
  return seeds.map((each) => words("train", [first], { seed: each }, settings, images)).join("\n");
}

/**
 * The command that trains a run of this page to the same bits.
 *
 * @param own  the networks that are not pairlab's, among them the run's if it has such a one
 * @param asked  of the images, as options
 */
export function runCommand(
  { architecture, seed, config }: Pick<Job, "architecture" | "seed" | "config">,
  own: readonly OwnArchitecture[] = [],
  asked: readonly string[] = [],
): string {
  const ofOwn = own.filter(({ name }) => name === architecture);
  const settings = changedSettings({ architecture, config }, ofOwn);
  return words("train", [architecture], { seed }, settings, [...asked, configOption(ofOwn)]);
}

const configOption = (own: readonly OwnArchitecture[]): string =>
  own.length > 0 ? `--config ${CONFIG_NAME}` : "--no-config";

/** Which of them is usual is decided by the question: a command about another one says them. */
const DECIDED: readonly SettingName[] = ["balance", "split"];

/** The settings of a run of this page that are not its architecture's own. */
export function changedSettings(
  { architecture, config }: Pick<Job, "architecture" | "config">,
  [given]: readonly OwnArchitecture[] = [],
): Settings {
  const own = given ? ownArchitecture(given, architecture) : findArchitecture(architecture);
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
  more: readonly string[],
): string {
  const options = [
    ...Object.entries(counts).map(([name, value]) => `--${name} ${value}`),
    ...FIELDS.flatMap(({ setting }) => {
      const value = settings[setting];
      return value === undefined ? [] : optionText(setting, value);
    }),
    ...more,
  ];
  return ["npx pairlab", command, ...networks, ...options].join(" ");
}
