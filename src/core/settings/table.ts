import { CONFIG_ROWS } from "./config-rows.js";
import { NETWORK_ROWS } from "./network-rows.js";
import { OPTIONAL_ROWS } from "./optional-rows.js";
import type { Row } from "./row.js";

/**
 * Every setting, a row each, in the order in which a configuration has them; a run's id depends on this order. Types, checks, the
 * schema of stored configurations, options, words, the page's fields and what `tune` searches are derived from the rows: a new
 * setting is a row, and the code that acts on it.
 */
export const SETTINGS = { ...CONFIG_ROWS, ...OPTIONAL_ROWS, ...NETWORK_ROWS };

/** A setting's name, as a configuration or its network has it. */
export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

export const isSetting = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

/** A setting's row, whichever it is. */
export const rowOf = (name: SettingName): Row => SETTINGS[name];

/** All settings, those that are named first; the others follow in the table's order. */
export const namesFrom = (...first: readonly SettingName[]): SettingName[] => [
  ...first,
  ...SETTING_NAMES.filter((name) => !first.includes(name)),
];

type Rows = typeof SETTINGS;

/** The names of settings whose rows have something in common. */
export type NamesOf<What> = { [Name in SettingName]: Rows[Name] extends What ? Name : never }[SettingName];

const namesOf = <What extends Partial<Row>>(what: What): readonly NamesOf<What>[] =>
  SETTING_NAMES.filter((name) =>
    Object.entries(what).every(([field, value]) => rowOf(name)[field as keyof Row] === value),
  ) as NamesOf<What>[];

export const CONFIG_SETTINGS = namesOf({ place: "config" } as const);
export const OPTIONAL_SETTINGS = namesOf({ place: "optional" } as const);
export const NETWORK_SETTINGS = namesOf({ place: "network" } as const);
/** They mean something else, or nothing, with another optimizer. */
export const OPTIMIZER_SETTINGS = namesOf({ of: "optimizer" } as const);

/** What each setting that is a number can be: for the command line, the page, tuning and callers of the library. */
export const SETTING_LIMITS = Object.fromEntries(
  namesOf({ kind: "number" } as const).map((name) => [name, SETTINGS[name].limits]),
) as { readonly [Name in NamesOf<{ kind: "number" }>]: Rows[Name]["limits"] };
