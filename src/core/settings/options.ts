import { augmentationWords } from "./augmentation-words.js";
import { namesFrom, rowOf, type SettingName } from "./table.js";
import type { AnyValue } from "./values.js";

/** "learning-rate" for "learningRate". */
export const hyphened = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A setting's option without its hyphens: "learning-rate". */
export const optionName = (name: SettingName): string => rowOf(name).option?.name ?? hyphened(name);

/** A setting as a command has it: "--learning-rate 0.01", "--nesterov"; nothing for a flag that is not set. */
export function optionText(name: SettingName, value: AnyValue): string[] {
  const option = `--${optionName(name)}`;
  if (typeof value === "boolean") {
    if (value) return [option];
    return rowOf(name).option?.negative ? [`--no-${optionName(name)}`] : [];
  }
  return [`${option} ${typeof value === "object" ? augmentationWords(value) : value}`];
}

/** Settings that have an option, those that are named first. */
export const withOption = (...first: readonly SettingName[]): SettingName[] =>
  namesFrom(...first).filter((name) => rowOf(name).option !== null);
