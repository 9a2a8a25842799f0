import { existsSync } from "node:fs";
import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../core/errors.js";
import { COMMANDS } from "../../core/experiments/commands.js";
import { compareCommand } from "../../core/experiments/compare/command.js";
import type { CommandOption, CommandWords, ExperimentCommand } from "../../core/experiments/shared/command.js";
import { inShort } from "../../core/given.js";
import { hyphened, optionName } from "../../core/settings/options.js";
import type { SettingName } from "../../core/settings/table.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";
import { fixedStreams, parseStreams, STREAM_NAMES, type StreamName } from "../../core/training/stream-seeds.js";
import { optionFile } from "./option-file.js";
import {
  type MeasuringOptions,
  number,
  overridesOf,
  path,
  reportOption,
  sessionCommand,
  settingsOf,
  withSettings,
} from "./options.js";
import { MEASURED_PAIR_OPTIONS } from "./pair-names.js";
import { withPlan } from "./planned.js";

/** Names of all experiments, in their order. */
export const EXPERIMENT_NAMES: readonly string[] = Object.keys(COMMANDS);

/** Names of all parts that a report can have, in their order: the experiments', and that of one run's measures. */
export const REPORT_PARTS: readonly string[] = [...EXPERIMENT_NAMES, "evaluate"];

/** The experiments' commands. */
export const experimentCommands = (): CommandUnknownOpts[] =>
  Object.entries(COMMANDS).map(([name, command]) => commandOf(name, command));

// A command's code is loaded only when the command runs, so every command starts quickly.

function commandOf(name: string, experiment: ExperimentCommand): CommandUnknownOpts {
  const reported = askingCommand(name, experiment).addOption(reportOption());
  return reported.action(async () => {
    const { carryOutExperiment } = await import("./experiment.js");
    const pairNames = experiment.settings === "measured" ? MEASURED_PAIR_OPTIONS : experiment.pairNames;
    const given = withPlan(reported, reported.opts());
    await experiment.start(await givenTo(reported, given), (...found) =>
      carryOutExperiment(...found, given, { order: REPORT_PARTS, pairNames }),
    );
  });
}

/** Options of `compare` that a plan refuses, each in one line: its help does not list them. */
const NOT_PLANNED: readonly string[] = ["optimizers", "trials", "tunings"];

/** `pairlab plan`: it takes what `compare` takes, but for a plan. */
export function planCommand(): CommandUnknownOpts {
  const { plan: _, ...options } = compareCommand.options;
  const planning = askingCommand("plan", {
    ...compareCommand,
    description: "a comparison that is written down and sealed with a hash before anything is trained",
    argument: {
      name: "<architectures...>",
      help: "two or more; see pairlab architectures. With settings changed: best:augmentation=none,batch-size=25",
    },
    options,
  }).addOption(new Option("--out <file>", "where the plan goes").argParser(path).default("plan.json"));
  for (const option of planning.options) if (NOT_PLANNED.includes(option.attributeName())) option.hideHelp();
  return planning.action(async () => {
    const { writePlan } = await import("./commands/plan.js");
    const given = planning.opts();
    await writePlan(compareCommand.asked(await givenTo(planning, given)), given);
  });
}

/** A command that takes what an experiment takes. */
function askingCommand(name: string, { description, argument, settings, options }: CommandWords) {
  const command = withSettings<MeasuringOptions>(sessionCommand(name), settingsIn(settings)).description(description);
  if (argument) command.argument(argument.name, argument.help);
  if (fixes(settings)) command.addOption(fixOption());
  for (const [key, option] of Object.entries(options)) command.addOption(optionOf(key, option));
  return command;
}

/** What such a command was given. */
async function givenTo(command: CommandUnknownOpts, given: MeasuringOptions) {
  const { parseVariant } = await import("./variants.js");
  return { ...given, settings: settingsGiven(given), named: command.args, variantOf: parseVariant };
}

/** Whether a command's options can hold streams at one seed: where it has all settings. */
const fixes = (settings: ExperimentCommand["settings"]): boolean => typeof settings === "string";

const fixOption = () =>
  new Option(
    "--fix <streams>",
    `hold sources of chance at the first round's seed in all rounds: ${STREAM_NAMES.join(", ")}, separated by commas`,
  ).argParser((text) => readBy(parseStreams, text));

/** The settings that options give, and the seeds of the streams that `--fix` holds. */
function settingsGiven(given: MeasuringOptions & { readonly fix?: readonly StreamName[] }): SettingOverrides {
  const settings = overridesOf(given);
  const fixed = fixedStreams(given.fix ?? [], given.seed);
  const twice = (Object.keys(fixed) as SettingName[]).find((name) => settings[name] !== undefined);
  if (twice)
    throw new InvalidRequest(`--fix and --${optionName(twice)} both give the seed of one stream: leave one out`);
  return { ...settings, ...fixed };
}

function settingsIn(settings: ExperimentCommand["settings"]) {
  if (typeof settings !== "string") return settings;
  return settingsOf("all", ...(settings === "all" ? [] : ["evaluated" as const, settings]));
}

function optionOf(key: string, { takes, help, limits, names, read, file, usual }: CommandOption): Option {
  const option = new Option(`--${hyphened(key)}${takes ? ` ${takes}` : ""}`, help);
  if (limits) option.argParser(number(limits));
  if (names) option.choices(names);
  if (read) option.argParser((text) => readBy(read, text));
  if (file) option.argParser((name) => readFileBy(file, name));
  return usual === undefined ? option : option.default(usual);
}

/** What is refused is said as commander says it. */
function readBy<Value>(read: (text: string) => Value, text: string): Value {
  try {
    return read(text);
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidArgumentError(error.message) : error;
  }
}

/** Larger than any file that an option names. */
const MOST_BYTES = 2 ** 26;

/** What a file's text says. @throws InvalidRequest naming the file */
function readFileBy<Value>(read: (text: string) => Value, path: string): Value {
  const text = optionFile(path, MOST_BYTES, "such a file");
  if (text === undefined)
    throw new InvalidArgumentError(existsSync(path) ? "It is not a file." : "There is no such file.");
  try {
    return read(text);
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${inShort(path)}: ${error.message}`) : error;
  }
}
