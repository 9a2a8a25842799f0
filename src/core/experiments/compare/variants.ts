import { findArchitecture } from "../../architectures/index.js";
import { settingWords } from "../../settings/setting-words.js";
import { isSetting } from "../../settings/table.js";

/** Settings by their names in `SettingOverrides`, with values as the command line takes them: `{ augmentation: "none" }`. */
export type VariantSettings = Readonly<Record<string, string | number | boolean>>;

/** An architecture with settings changed. */
export interface Variant {
  /** As the command line takes it: "best:augmentation=none". */
  readonly name: string;
  readonly architecture: string;
  readonly settings: VariantSettings;
  /** How tables and figures call it, where its settings are not to be told. */
  readonly title?: string;
}

/** A row of a comparison: an architecture by its name, or a variant, which has its title. */
export type Named = Pick<Variant, "name"> & Partial<Pick<Variant, "title" | "architecture" | "settings">>;

/** The architecture that a row is of. */
export const architectureOf = ({ name, architecture = name }: Named): string => architecture;

/** How tables and figures call a row. */
export const titleOf = ({ name, title }: Named): string => title ?? findArchitecture(name).title;

/** A lookup of titles by names, for what knows rows by their names. */
export function titlesOf(rows: readonly Named[]): (name: string) => string {
  const titles = new Map(rows.map((row) => [row.name, titleOf(row)]));
  return (name) => titles.get(name) ?? findArchitecture(name).title;
}

/**
 * Rows with titles: of a variant its architecture's and its settings, "best with augmentation none"; where all rows are of one
 * architecture, the settings alone.
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
