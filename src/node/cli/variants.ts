import { CommanderError } from "commander";
import { findArchitecture } from "../../core/architectures/index.js";
import { InvalidRequest } from "../../core/errors.js";
import type { Variant, VariantSettings } from "../../core/experiments/index.js";
import { inShort, quoted } from "../../core/given.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";
import { didYouMean } from "../../core/text/nearest.js";
import { measuringCommand, sessionCommand, trainingCommand } from "./options.js";
import { overridesOf } from "./session.js";

/** What an argument of `compare` names: an architecture, or a variant of one; `settings` are then not empty. */
export interface NamedVariant extends Variant {
  readonly overrides: SettingOverrides;
}

/** A setting's option that takes no value. */
const FLAG = "nesterov";

/**
 * An argument of `compare`: an architecture's name, or a name with settings changed, such as
 * "best:augmentation=none,partners=1". Settings are called as their options are and checked in the same way.
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
    const [option, value] = splitPart(part, argument);
    if (told.has(option))
      throw new InvalidRequest(`${inShort(argument)}: ${option} is given twice: give each setting once`);
    const parsed = parsePart(option, value, argument);
    told.set(option, parsed.value);
    settings[option === "pairs" ? "trainPairs" : camelCase(option)] = parsed.value;
    overrides = { ...overrides, ...parsed.overrides };
  }
  return { name: variantName(architecture, told), architecture, settings, overrides };
}

/** "best:augmentation=none,partners=1", of options by their long names. */
export const variantName = (architecture: string, options: ReadonlyMap<string, VariantSettings[string]>): string =>
  `${architecture}:${[...options].map(([option, value]) => (value === true ? option : `${option}=${value}`)).join(",")}`;

function splitPart(part: string, argument: string): [option: string, value: string | undefined] {
  const [option = "", ...rest] = part.split("=").map((each) => each.trim());
  const names = settingNames();
  if (!names.includes(option)) {
    if (measuringCommand("compare").options.some((each) => each.name() === option))
      throw new InvalidRequest(
        `${inShort(argument)}: ${option} is the same for all that are compared: give --${option}`,
      );
    throw new InvalidRequest(
      option === ""
        ? `${inShort(argument)}: a setting is missing: give OPTION=VALUE, such as learning-rate=0.01`
        : `${inShort(argument)}: there is no setting ${quoted(option)}${didYouMean(option, names) || `. There are ${names.join(", ")}`}`,
    );
  }
  if (rest.length === 0 && option !== FLAG)
    throw new InvalidRequest(`${inShort(argument)}: ${option} has no value: give ${option}=VALUE`);
  return [option, rest.length === 0 ? undefined : rest.join("=")];
}

interface ParsedPart {
  readonly value: VariantSettings[string];
  readonly overrides: SettingOverrides;
}

/** As the command line would parse the option. */
function parsePart(option: string, value: string | undefined, argument: string): ParsedPart {
  if (option === FLAG) {
    if (value !== undefined && value !== "true" && value !== "false")
      throw new InvalidRequest(`${inShort(argument)}: ${option} is true or false, not ${quoted(value)}`);
    return { value: value !== "false", overrides: { [FLAG]: value !== "false" } };
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
  const options = command.opts();
  const given = Object.entries(options).find(([name]) => name === camelCase(option));
  return { value: given?.[1] as VariantSettings[string], overrides: overridesOf(options) };
}

/** The long names of the options that are settings. */
function settingNames(): string[] {
  const session = new Set(sessionCommand("session").options.map(({ long }) => long));
  return trainingCommand("variant")
    .options.filter(({ long }) => !session.has(long))
    .map((option) => option.name());
}

const camelCase = (option: string): string => option.replaceAll(/-[a-z]/g, ([, letter = ""]) => letter.toUpperCase());
