import { ownArchitecture } from "../../core/architectures/own.js";
import { PAPER_NETWORKS } from "../../core/architectures/registry.js";
import { type RelationName, relationNamed } from "../../core/data/relations.js";
import { findArchitecture, type Job, type OwnArchitecture } from "../../core/index.js";
import { optionText } from "../../core/settings/options.js";
import { SETTINGS, type SettingName } from "../../core/settings/table.js";
import { ownValue, usualOf, valueIn } from "../../core/settings/values.js";
import type { Address } from "./address.js";
import { FIELDS, SAID_BY_LISTS, type Settings } from "./options.js";

/** Where a command is typed. */
export interface Place {
  /** What was asked of the images, as options: "--size 32x32". */
  readonly images?: readonly string[];
  /** What is asked where a command does not say it; default: the paper's question. */
  readonly relation?: RelationName;
}

/** What a command with networks of one's own reads them from. */
export const CONFIG_NAME = "pairlab.config.json";

/** The command that trains what an address asks for, to the same bits. One about networks of one's own reads them from CONFIG_NAME. */
export function experimentCommand(address: Address, place: Place = {}): string {
  const { networks, own, seed, rounds } = address;
  const settings = { ...(place.relation !== undefined && { relation: PAPERS }), ...address.settings };
  const images = [...(place.images ?? []), ...configOption(own)];
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
 */
export function runCommand(
  { architecture, seed, config }: Pick<Job, "architecture" | "seed" | "config">,
  own: readonly OwnArchitecture[] = [],
  { images = [], relation }: Place = {},
): string {
  const ofOwn = own.filter(({ name }) => name === architecture);
  const settings = {
    ...(relation !== undefined && !relationNamed(config.relation).listed && { relation: config.relation }),
    ...changedSettings({ architecture, config }, ofOwn),
  };
  return words("train", [architecture], { seed }, settings, [...images, ...configOption(ofOwn)]);
}

const configOption = (own: readonly OwnArchitecture[]): string[] => (own.length > 0 ? [`--config ${CONFIG_NAME}`] : []);

const PAPERS = SETTINGS.relation.usual;

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
