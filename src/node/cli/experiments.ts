import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../core/errors.js";
import { COMMANDS } from "../../core/experiments/commands.js";
import type { CommandOption, ExperimentCommand } from "../../core/experiments/shared/command.js";
import { hyphened, optionName } from "../../core/settings/options.js";
import type { SettingName } from "../../core/settings/table.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";
import { fixedStreams, parseStreams, STREAM_NAMES, type StreamName } from "../../core/training/stream-seeds.js";
import {
  type MeasuringOptions,
  number,
  overridesOf,
  reportOption,
  sessionCommand,
  settingsOf,
  withSettings,
} from "./options.js";
import { MEASURED_PAIR_OPTIONS } from "./pair-names.js";

/** Names of all experiments, in their order. */
export const EXPERIMENT_NAMES: readonly string[] = Object.keys(COMMANDS);

/** Names of all parts that a report can have, in their order: the experiments', and that of one run's measures. */
export const REPORT_PARTS: readonly string[] = [...EXPERIMENT_NAMES, "evaluate"];

/** The experiments' commands. */
export const experimentCommands = (): CommandUnknownOpts[] =>
  Object.entries(COMMANDS).map(([name, command]) => commandOf(name, command));

// A command's code is loaded only when the command runs, so every command starts quickly.

function commandOf(name: string, experiment: ExperimentCommand): CommandUnknownOpts {
  const { description, argument, settings, options, start } = experiment;
  const command = withSettings<MeasuringOptions>(sessionCommand(name), settingsIn(settings)).description(description);
  if (argument) command.argument(argument.name, argument.help);
  if (fixes(settings)) command.addOption(fixOption());
  for (const [key, option] of Object.entries(options)) command.addOption(optionOf(key, option));
  const reported = command.addOption(reportOption());
  return reported.action(async () => {
    const given = reported.opts();
    const [{ carryOutExperiment }, { parseVariant }] = await Promise.all([
      import("./experiment.js"),
      import("./variants.js"),
    ]);
    const pairNames = settings === "measured" ? MEASURED_PAIR_OPTIONS : experiment.pairNames;
    const named = reported.args;
    await start({ ...given, settings: settingsGiven(given), named, variantOf: parseVariant }, (...found) =>
      carryOutExperiment(...found, given, { order: REPORT_PARTS, pairNames }),
    );
  });
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

function optionOf(key: string, { takes, help, limits, names, read, usual }: CommandOption): Option {
  const option = new Option(`--${hyphened(key)}${takes ? ` ${takes}` : ""}`, help);
  if (limits) option.argParser(number(limits));
  if (names) option.choices(names);
  if (read) option.argParser((text) => readBy(read, text));
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
