import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { CommanderError, type CommandUnknownOpts, type Option } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../core/errors.js";
import { inShort, quoted } from "../../core/given.js";
import type { OptionDefault, ProjectConfig } from "../../core/project-config.js";
import { didYouMean } from "../../core/text/nearest.js";
import { findConfig } from "../config/find.js";
import { imageOptions } from "./options.js";

/** Options that say what one command is to do, or where `data` and `relation` stand for them. */
const NO_DEFAULTS = [
  "out",
  "json",
  "csv",
  "sheet",
  "nearest",
  "trunk",
  "add",
  "remove",
  "architecture",
  "scale",
  "init",
  "data",
  "relation",
  "config",
  "debug",
  "color",
  "version",
];

/** Options whose paths are relative to the configuration's folder. */
const PATHS = ["data", "images", "runs"];

/** Options that say how to read images: they are of the images that the configuration names. */
const OF_IMAGES: readonly string[] = imageOptions().map((option) => option.attributeName());

/** What a project's configuration gives a command. */
interface Project {
  /** Its path, relative to the current folder. */
  readonly path: string;
  readonly config: ProjectConfig;
}

/**
 * Loads a project's configuration, if there is one, and gives its values to the options that the command line leaves out.
 *
 * @param named  by `--config`
 * @returns its path, relative to the current folder
 * @throws InvalidRequest where the configuration, or a value in it, is not right
 */
export async function useProject(
  command: CommandUnknownOpts,
  all: CommandUnknownOpts,
  named?: string,
): Promise<string | undefined> {
  const found = named === undefined ? findConfig(process.cwd()) : resolve(named);
  if (found === undefined) return undefined;
  const { loadConfig } = await import("../config/load.js");
  const path = relative("", found);
  const project = { path, config: await loadConfig(found) };
  const values = valuesOf(project, namesIn(all));
  // `data show` has it as an argument.
  const isOtherData =
    command.getOptionValueSource("data") !== undefined || (command.name() === "show" && command.args.length > 0);
  for (const [name, value] of Object.entries(values)) {
    const option = command.options.find((each) => each.attributeName() === name);
    if (!option || !isFree(command, name) || (OF_IMAGES.includes(name) && isOtherData)) continue;
    const beside = resolve(dirname(found), String(value));
    const isPath = PATHS.includes(name) || (name === "relation" && existsSync(beside));
    const there = isPath ? relative("", beside) || "." : value;
    command.setOptionValueWithSource(name, parsed(option, there, `${path}: ${whereOf(name)}`), "config");
  }
  return path;
}

const isFree = (command: CommandUnknownOpts, name: string): boolean =>
  [undefined, "default"].includes(command.getOptionValueSource(name));

const whereOf = (name: string): string => (name === "data" || name === "relation" ? name : `defaults.${name}`);

/** The attributes of all commands' options. */
const namesIn = (command: CommandUnknownOpts): string[] => [
  ...command.options.map((option) => option.attributeName()),
  ...command.commands.flatMap(namesIn),
];

/** @throws InvalidRequest where a default is of no option */
function valuesOf({ path, config }: Project, names: readonly string[]): Record<string, OptionDefault> {
  const { data, relation, defaults = {} } = config;
  const right = [...new Set(names)].filter((name) => !NO_DEFAULTS.includes(name));
  if (typeof defaults !== "object" || defaults === null || Array.isArray(defaults))
    throw new InvalidRequest(`${path}: defaults must be an object, such as { rounds: 30 }`);
  for (const name of Object.keys(defaults)) {
    if (right.includes(name)) continue;
    const reason = NO_DEFAULTS.includes(name)
      ? " is given on the command line, or beside defaults"
      : ` is of no option${didYouMean(name, right)}`;
    throw new InvalidRequest(`${path}: defaults.${inShort(name)}${reason}`);
  }
  return { ...(data !== undefined && { data }), ...(relation !== undefined && { relation }), ...defaults };
}

/** A value as the command line would have made it. @throws InvalidRequest where the option does not take it */
function parsed(option: Option, value: OptionDefault, where: string): unknown {
  const isFlag = !option.required && !option.optional;
  if (isFlag) {
    if (typeof value !== "boolean")
      throw new InvalidRequest(`${where} must be true or false, not ${quoted(String(value))}`);
    return value || undefined;
  }
  const text = Array.isArray(value) ? value.join(",") : String(value);
  try {
    if (typeof value === "boolean") throw new InvalidRequest("It takes a value.");
    return option.parseArg ? option.parseArg(text, undefined as never) : text;
  } catch (error) {
    if (!(error instanceof CommanderError || error instanceof InvalidRequest)) throw error;
    throw new InvalidRequest(`${where}: ${quoted(text)} is not right. ${error.message}`, { cause: error });
  }
}
