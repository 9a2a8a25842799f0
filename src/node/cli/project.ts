import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { CommanderError, type CommandUnknownOpts, type Option } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../core/errors.js";
import { inShort, quoted } from "../../core/given.js";
import type { OptionDefault, ProjectConfig } from "../../core/project-config.js";
import { defaultNames } from "../../core/project-config.js";
import { hyphened } from "../../core/settings/options.js";
import { didYouMeanOf } from "../../core/text/nearest.js";
import { findConfig } from "../config/find.js";
import { imageOptions } from "./options.js";
import { BESIDE_A_PLAN } from "./planned.js";
import { withPrintsAside } from "./terminal/sink.js";

/** Options whose paths are relative to the configuration's folder. */
const PATHS = ["data", "images", "runs"];

/** Options that say how to read images. */
const OF_IMAGES: readonly string[] = imageOptions().map((option) => option.attributeName());

/** Options about the images and the question that the configuration names: with other images they would be asked of those. */
const OF_DATA: readonly string[] = [...OF_IMAGES, "relation", "reuse", "balance", "split"];

/** Options that the commands under `runs` take from there: their `--epochs` is a flag. */
const OF_LISTS: readonly string[] = ["runs", "quiet"];

/** Options that a typed one takes the place of: `--until shown` decides how many rounds there are. */
const REPLACED_BY: Readonly<Record<string, string>> = { rounds: "until" };

/** Commands about a finished run, which says how images are prepared and what is asked. These options of theirs have defaults. */
const OF_RUNS: Readonly<Record<string, readonly string[]>> = {
  ask: ["runs", "quiet"],
  embed: ["runs", "quiet"],
  export: ["runs", "quiet"],
  evaluate: ["data", "order", "classes", "images", "first", "second", "label", "same", "runs", "quiet"],
  verify: [...OF_IMAGES, "runs", "quiet", "workers"],
};

/** Those of a command about a file of weights. */
const OF_WEIGHTS: readonly string[] = [...OF_DATA, "runs", "quiet", "seed"];

/** What a configuration gave a command, for the error that may come of it. */
let given: { readonly path: string; readonly names: readonly string[] } | undefined;

/** An error's message, with the file of a default that it names and nobody typed. */
export function withProject(message: string): string {
  const names = given?.names.filter((name) => new RegExp(`(^|[^\\w-])(--)?${hyphened(name)}\\b`).test(message)) ?? [];
  return names.length > 0 ? `${message} (${given?.path} has ${names.join(" and ")})` : message;
}

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
  const project = { path, config: await withPrintsAside(() => loadConfig(found)) };
  const values = valuesOf(project, namesIn(all));
  // `data show` has it as an argument.
  const typed = command.name() === "show" ? command.args[0] : (command.opts().data as string | undefined);
  const own = values.data === undefined ? undefined : resolve(dirname(found), String(values.data));
  const isOtherData = own !== undefined && typed !== undefined && resolve(typed) !== own;
  // A file of weights is asked like a new network.
  const ofRun = command.opts().architecture === undefined ? OF_RUNS[command.name()] : OF_WEIGHTS;
  const ofCommand = command.opts().plan === undefined ? ofRun : BESIDE_A_PLAN;
  const possible = command.parent?.name() === "runs" ? OF_LISTS : ofCommand;
  const names: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const option = command.options.find((each) => each.attributeName() === name);
    if (!option || !isFree(command, name) || (possible && !possible.includes(name))) continue;
    if (OF_DATA.includes(name) && isOtherData) continue;
    if (!isFree(command, REPLACED_BY[name] ?? name)) continue;
    names.push(name);
    const beside = resolve(dirname(found), String(value));
    const isPath = PATHS.includes(name) || (name === "relation" && existsSync(beside));
    const there = isPath ? relative("", beside) || "." : value;
    command.setOptionValueWithSource(name, parsed(option, there, `${path}: ${whereOf(name)}`), "config");
  }
  given = { path, names };
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

/**
 * @param options  the attributes of all commands' options
 * @throws InvalidRequest where a default is of no option, or of one that says what one command is to do
 */
function valuesOf({ path, config }: Project, options: readonly string[]): Record<string, OptionDefault> {
  const { data, relation, defaults = {} } = config;
  const right = defaultNames();
  if (typeof defaults !== "object" || defaults === null || Array.isArray(defaults))
    throw new InvalidRequest(`${path}: defaults must be an object, such as { rounds: 30 }`);
  for (const name of Object.keys(defaults)) {
    if (right.includes(name)) continue;
    const reason = options.includes(name)
      ? " is given on the command line, or beside defaults"
      : ` is of no option${didYouMeanOf(name, right)}`;
    throw new InvalidRequest(`${path}: defaults.${inShort(name)}${reason}`);
  }
  const [ofImages] = Object.keys(defaults).filter((name) => OF_IMAGES.includes(name));
  if (data === undefined && ofImages !== undefined)
    throw new InvalidRequest(
      `${path}: defaults.${ofImages} says how to read images, and there is no data: name them, or leave it out`,
    );
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
