import type { PairCountNames } from "../../data/pools.js";
import { type Limits, MOST_ROUNDS } from "../../limits.js";
import type { SettingName } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import type { NamedVariant } from "../compare/variants.js";
import type { Experiment, Findings } from "./experiment.js";
import type { FigureTools, PartContent } from "./part.js";
import { PRESET_NAMES } from "./presets.js";

/** An option of an experiment's command. What it takes decides what it reads: a flag takes nothing. */
export interface CommandOption {
  /** "<count>". */
  readonly takes?: string;
  readonly help: string;
  /** If it takes a number: which. */
  readonly limits?: Limits;
  /** If it takes one of some names. */
  readonly names?: readonly string[];
  /** If it takes something else. @throws InvalidRequest saying what it must be */
  readonly read?: (text: string) => unknown;
  /** If it takes a file: what its text says. @throws InvalidRequest saying what is wrong with it */
  readonly file?: (text: string) => unknown;
  readonly usual?: number | string;
}

type ValueOf<Option> = Option extends { readonly limits: Limits }
  ? number
  : Option extends { readonly names: readonly (infer Name)[] }
    ? Name
    : Option extends { readonly read: (text: string) => infer Value }
      ? Value
      : Option extends { readonly file: (text: string) => infer Value }
        ? Value
        : Option extends { readonly takes: string }
          ? string
          : true;

type ValuesOf<Options> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly usual: number | string }
    ? ValueOf<Options[Name]>
    : ValueOf<Options[Name]> | undefined;
};

/** What was given to a command, beside its own options. */
export interface Given {
  readonly seed: number;
  /** Settings that options change. */
  readonly settings: SettingOverrides;
  /** Its arguments. */
  readonly named: readonly string[];
  /** Reads an argument that names a variant. @throws InvalidRequest saying what is wrong with it */
  readonly variantOf: (argument: string) => NamedVariant;
}

/** A part of a report, from what an experiment found. */
export type Report<Options, Result> = (findings: Findings<Result>, tools: FigureTools, options: Options) => PartContent;

/** Carries out an experiment for some options, and writes its part of a report. */
export type CarryOut = <Options, Result>(
  experiment: Experiment<Options, Result>,
  report: Report<Options, Result>,
  options: Options,
) => Promise<void>;

export interface CommandWords {
  readonly description: string;
  /** One architecture, or several with changes of settings. */
  readonly argument?: {
    readonly name: "<architecture>" | "<architectures...>" | "[architectures...]";
    readonly help: string;
  };
  /** The settings that its options change: those that all commands have, those with when to evaluate or on which pairs too, or some. */
  readonly settings: "all" | "evaluated" | "measured" | readonly SettingName[];
  readonly options: Readonly<Record<string, CommandOption>>;
  /** How the user asks for other pairs, if not in the usual way. */
  readonly pairNames?: PairCountNames;
}

/** How a command line asks for an experiment: plain data, and what starts it. */
export interface ExperimentCommand extends CommandWords {
  readonly start: (given: Given & Readonly<Record<string, unknown>>, carryOut: CarryOut) => Promise<void>;
}

/** The same with the experiment's own options. */
export interface AskingCommand<Options> extends ExperimentCommand {
  /** The experiment's options, from what was given. @throws InvalidRequest where it does not fit together */
  readonly asked: (given: Given & Readonly<Record<string, unknown>>) => Options;
}

/**
 * An experiment's command. Its file loads nothing that is slow: every command line reads it.
 *
 * @param asked  the experiment's options, from what was given
 * @param load   loads the experiment, and what writes its part of a report
 */
export const experimentCommand = <const Own extends Readonly<Record<string, CommandOption>>, Options, Result>({
  asked,
  load,
  ...words
}: CommandWords & {
  readonly options: Own;
  readonly asked: (given: Given & ValuesOf<Own>) => Options;
  readonly load: () => Promise<readonly [Experiment<Options, Result>, Report<Options, Result>]>;
}): AskingCommand<Options> => ({
  ...words,
  asked: (given) => asked(given as Given & ValuesOf<Own>),
  async start(given, carryOut) {
    const [experiment, report] = await load();
    await carryOut(experiment, report, asked(given as Given & ValuesOf<Own>));
  },
});

const rounds = (help: string) =>
  ({ takes: "<count>", help, limits: { least: 1, most: MOST_ROUNDS, whole: true } }) as const;

export const ROUNDS_OPTION = {
  ...rounds("rounds, each with new pairs, new weights and a new order"),
  usual: 10,
} as const;

/** Options of an experiment that a preset makes short or thorough. */
export const presetOptions = (help: string, ofRounds = "rounds (default: the preset's)") =>
  ({
    preset: { takes: "<name>", help, names: PRESET_NAMES, usual: "quick" },
    rounds: rounds(ofRounds),
  }) as const;

/** Settings that are about pairs. */
export const PAIR_SETTINGS = ["relation", "balance", "split", "reuse"] as const;
