import type { Augmentation } from "../data/augmentation.js";
import type { Network } from "../network/network.js";
import { augmentationWords } from "./augmentation-words.js";
import { rowOf, type SettingName } from "./table.js";
import type { OptionalSettings, TrainingSettings } from "./training-settings.js";

/** A setting's value, of whichever kind. */
export type AnyValue = number | string | boolean | Augmentation;

/** Settings as a configuration or an architecture has them. */
type Settings = Partial<TrainingSettings> & OptionalSettings;

/** The value that a configuration has; undefined if it has none. */
export const valueIn = (config: Settings & { readonly network: Network }, name: SettingName): AnyValue | undefined =>
  ownValueOf(rowOf(name).place === "network" ? config.network : config, name);

/** The value that an architecture has where nothing is changed; undefined if its optimizer decides it. */
export const ownValue = (architecture: Settings & Network, name: SettingName): AnyValue | undefined =>
  ownValueOf(architecture, name) ?? usualOf(name);

/** The default value. */
export const usualOf = (name: SettingName): AnyValue | undefined => rowOf(name).usual;

const ownValueOf = (settings: object, name: SettingName): AnyValue | undefined =>
  (settings as Partial<Record<SettingName, AnyValue>>)[name];

/** A setting's name without a value, in a sentence: "dropout rate". */
export const titleOf = (name: SettingName): string => rowOf(name).title ?? rowOf(name).words;

/** A value in words, without what it is a value of; undefined and null stand for the usual one. */
export function valueText(name: SettingName, value: AnyValue | null | undefined): string {
  const { absent, usual } = rowOf(name);
  if (value === undefined || value === null || value === usual) return absent ?? String(usual);
  return typeof value === "object" ? augmentationWords(value) : String(value);
}
