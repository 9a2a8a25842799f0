import { findArchitecture } from "../../architectures/index.js";
import { partly, text } from "../../checks.js";
import { settingWords } from "../../settings/setting-words.js";
import { isSetting } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";

/** Settings by their names in `SettingOverrides`, with values as the command line takes them: `{ augmentation: "none" }`. */
export type VariantSettings = Readonly<Record<string, string | number | boolean>>;

/** An architecture with settings changed. */
export interface Variant {
  /** As the command line takes it: "best:augmentation=none". */
  readonly name: string;
  readonly architecture: string;
  readonly settings: VariantSettings;
  /** Its name in tables and figures, if its settings are not to be shown. */
  readonly title?: string;
}

/** A variant with what its settings change; `settings` is empty for an unchanged architecture. */
export interface NamedVariant extends Variant {
  readonly overrides: SettingOverrides;
}

const VARIANT = partly({ name: text, architecture: text, settings: partly({}), overrides: partly({}) });

/** An architecture by its name as a variant of itself. @throws InvalidRequest for an unknown name */
export function asVariant(named: string | NamedVariant): NamedVariant {
  if (typeof named !== "string") VARIANT(named, "a variant");
  const { name: architecture } = findArchitecture(typeof named === "string" ? named : named.architecture);
  return typeof named === "string" ? { name: architecture, architecture, settings: {}, overrides: {} } : named;
}

/** Whether a variant is its architecture, with no setting changed. */
export const isPlain = ({ settings }: Pick<NamedVariant, "settings">): boolean => Object.keys(settings).length === 0;

/** A row of a comparison: an architecture by its name, or a variant, which has its title. */
export type Named = Pick<Variant, "name"> & Partial<Pick<Variant, "title" | "architecture" | "settings">>;

/** The architecture that a row is of. */
export const architectureOf = ({ name, architecture = name }: Named): string => architecture;

/** A row's name in tables and figures. */
export const titleOf = ({ name, title }: Named): string => title ?? findArchitecture(name).title;

/** A lookup of titles by names, for code that knows rows only by their names. */
export function titlesOf(rows: readonly Named[]): (name: string) => string {
  const titles = new Map(rows.map((row) => [row.name, titleOf(row)]));
  return (name) => titles.get(name) ?? findArchitecture(name).title;
}

/**
 * Rows with titles. A variant has the title of its architecture and its settings, "best with augmentation none"; if all rows are of
 * one architecture, only the settings.
 */
export function withTitles<Row extends Named>(rows: readonly Row[]): Row[] {
  const ofOne = new Set(rows.map(architectureOf)).size === 1;
  return rows.map((row) => {
    if (!row.settings || row.title !== undefined) return row;
    const changes = variantWords(row.settings);
    const title = ofOne ? changes : `${findArchitecture(architectureOf(row)).title} with ${changes}`;
    return { ...row, title };
  });
}

/** "optimizer sgd, learning rate 0.05, momentum 0.9". */
export const variantWords = (settings: VariantSettings): string =>
  Object.entries(settings)
    .map(([name, value]) => (isSetting(name) ? settingWords(name, value) : `${name} ${value}`))
    .join(", ");
