import { relationName } from "../../core/data/relations.js";
import { parseNumber, parseWhole } from "../../core/formats/numbers.js";
import { quoted } from "../../core/given.js";
import type { Limits, SettingOverrides } from "../../core/index.js";
import { isWithin, limitsInWords } from "../../core/limits.js";
import { optionName } from "../../core/settings/options.js";
import { type NamesOf, namesFrom, rowOf, SETTINGS, type SettingName } from "../../core/settings/table.js";
import { titleOf } from "../../core/settings/values.js";
import type { SeenImages } from "../images/seen.js";

/** The settings that the page has fields for. */
type PageSetting = NamesOf<{ readonly page: unknown }>;

/** Settings that the page offers, under the command line's names for them. */
export type Settings = Pick<SettingOverrides, PageSetting>;

export interface NumberRange extends Limits {
  readonly label: string;
}

interface Field {
  readonly setting: PageSetting;
  /** Its name on the command line and in the address. */
  readonly option: string;
  readonly label: string;
  /** The paper's value, in words. */
  readonly paper: string;
  /** What it can be: a number, one of some names, the name of a relation, or yes and no. */
  readonly possible: Limits | readonly string[] | "relation" | "flag";
}

const isOnPage = (name: SettingName): name is PageSetting => "page" in SETTINGS[name];

/** In the order of the page and of its address. */
export const FIELDS: readonly Field[] = namesFrom(
  ...([
    "relation",
    "epochs",
    "learningRate",
    "batchSize",
    "dropout",
    "auxiliaryWeight",
    "trainPairs",
    "optimizer",
  ] as const),
)
  .filter(isOnPage)
  .map((setting) => ({
    setting,
    option: optionName(setting),
    label: titleOf(setting).replace(/^./, (letter) => letter.toUpperCase()),
    paper: SETTINGS[setting].page.paper,
    possible: possibleOf(setting),
  }));

/** A list says what is asked, and which images meet. */
export const SAID_BY_LISTS: readonly SettingName[] = ["relation", "split", "reuse"];

/** Whether a field means something for images: some mean nothing where a list gives the pairs, or there are no classes to learn. */
export const hasMeaning = (setting: SettingName, { listed, shape }: SeenImages): boolean =>
  !(listed && SAID_BY_LISTS.includes(setting)) && !(setting === "auxiliaryWeight" && shape.classes === 0);

function possibleOf(setting: PageSetting): Field["possible"] {
  const row = rowOf(setting);
  if (row.kind === "number") return row.limits;
  if (row.kind === "choice") return row.names;
  if (row.kind === "relation" || row.kind === "flag") return row.kind;
  throw new Error(`the page has no field for ${row.kind}s`);
}

/** @throws Error with one line: what is wrong and what would be right */
export function readNumber({ label, ...limits }: NumberRange, text: string): number {
  const value = (limits.whole ? parseWhole : parseNumber)(text);
  if (value !== undefined && isWithin(value, limits)) return value;
  throw new Error(`${label} must be ${limitsInWords(limits)}, not ${quoted(text)}`);
}

/** @throws Error with one line: what is wrong and what would be right */
export function readSetting(
  { label, possible }: Pick<Field, "label" | "possible">,
  text: string,
): number | string | boolean {
  if (possible === "relation") return relationName(text, label);
  if (possible === "flag") return readSetting({ label, possible: FLAG }, text) === FLAG[0];
  if (!isNames(possible)) return readNumber({ label, ...possible }, text);
  if (possible.includes(text)) return text;
  throw new Error(`${label} must be one of ${possible.join(", ")}, not ${quoted(text)}`);
}

/** A flag's values as they are shown, and as the address has them. */
export const FLAG = ["yes", "no"] as const;

/** A value as the address has it. */
export const settingText = (value: number | string | boolean): string =>
  typeof value === "boolean" ? (FLAG[value ? 0 : 1] as string) : String(value);

export const isNames = (possible: Field["possible"]): possible is readonly string[] => Array.isArray(possible);
