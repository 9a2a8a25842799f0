import { CommanderError } from "commander";
import { findArchitecture } from "../../core/architectures/index.js";
import { InvalidRequest } from "../../core/errors.js";
import type { VariantSettings } from "../../core/experiments/compare/variants.js";
import type { NamedVariant } from "../../core/experiments/index.js";
import { inShort, quoted } from "../../core/given.js";
import { optionName } from "../../core/settings/options.js";
import { rowOf, type SettingName } from "../../core/settings/table.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";
import { didYouMean } from "../../core/text/nearest.js";
import { attributeOf, measuringCommand, overridesOf, settingsOf, trainingCommand } from "./options.js";

/** The settings that a variant can change, by the long names of their options. */
const SETTINGS: ReadonlyMap<string, SettingName> = new Map(
  settingsOf("all", "evaluated").map((name) => [optionName(name), name]),
);

const isFlag = (setting: SettingName): boolean => rowOf(setting).kind === "flag";

/**
 * An argument of `compare`: an architecture's name, or a name with settings changed, such as
 * "best:augmentation=none,partners=1". Settings have the names of their options and are checked in the same way.
 *
 * @throws InvalidRequest saying what is wrong with the first part that cannot be used
 */
export function parseVariant(argument: string): NamedVariant {
  const colon = argument.indexOf(":");
  if (colon < 0) {
    findArchitecture(argument);
    return { name: argument, architecture: argument, settings: {}, overrides: {} };
  }
  const architecture = argument.slice(0, colon).trim();
  findArchitecture(architecture);
  const parts = argument
    .slice(colon + 1)
    .split(",")
    .map((part) => part.trim());
  const told = new Map<string, VariantSettings[string]>();
  const settings: Record<string, VariantSettings[string]> = {};
  let overrides: SettingOverrides = {};
  for (const part of parts) {
    const { option, setting, value } = splitPart(part, argument);
    if (told.has(option))
      throw new InvalidRequest(`${inShort(argument)}: ${option} is given twice: give each setting once`);
    const parsed = parsePart(option, setting, value, argument);
    told.set(option, parsed.value);
    settings[setting] = parsed.value;
    overrides = { ...overrides, ...parsed.overrides };
  }
  return { name: variantName(architecture, told), architecture, settings, overrides };
}

/** "best:augmentation=none,partners=1", of options by their long names. */
const variantName = (architecture: string, options: ReadonlyMap<string, VariantSettings[string]>): string =>
  `${architecture}:${[...options].map(([option, value]) => (value === true ? option : `${option}=${value}`)).join(",")}`;

interface Part {
  readonly option: string;
  readonly setting: SettingName;
  /** Missing for a flag without a value. */
  readonly value: string | undefined;
}

function splitPart(part: string, argument: string): Part {
  const [option = "", ...rest] = part.split("=").map((each) => each.trim());
  const setting = SETTINGS.get(option);
  if (setting === undefined) {
    const names = [...SETTINGS.keys()];
    if (measuringCommand("compare").options.some((each) => each.name() === option))
      throw new InvalidRequest(
        `${inShort(argument)}: ${option} must be the same for everything compared: give it as --${option}`,
      );
    throw new InvalidRequest(
      option === ""
        ? `${inShort(argument)}: a setting is missing: give OPTION=VALUE, such as learning-rate=0.01`
        : `${inShort(argument)}: there is no setting ${quoted(option)}${didYouMean(option, names) || `. There are ${names.join(", ")}`}`,
    );
  }
  if (rest.length === 0 && !isFlag(setting))
    throw new InvalidRequest(`${inShort(argument)}: ${option} has no value: give ${option}=VALUE`);
  return { option, setting, value: rest.length === 0 ? undefined : rest.join("=") };
}

interface ParsedPart {
  readonly value: VariantSettings[string];
  readonly overrides: SettingOverrides;
}

/** As the command line would parse the option. */
function parsePart(option: string, setting: SettingName, value: string | undefined, argument: string): ParsedPart {
  if (isFlag(setting)) {
    if (value !== undefined && value !== "true" && value !== "false")
      throw new InvalidRequest(`${inShort(argument)}: ${option} is true or false, not ${quoted(value)}`);
    return { value: value !== "false", overrides: { [setting]: value !== "false" } };
  }
  const command = trainingCommand("variant")
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  try {
    command.parse([`--${option}=${value ?? ""}`], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const says = error.message.replace(/^error: /, "").replace(value ?? "", () => inShort(value ?? ""));
    throw new InvalidRequest(`${inShort(argument)}: ${says}`);
  }
  const given = command.getOptionValue(attributeOf(setting)) as VariantSettings[string];
  return { value: given, overrides: overridesOf(command.opts()) };
}
