import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { startThreads } from "../workers/threads.js";
import { dataOption, jsonOption, roundsOption, runsOption, seedOption, trainingCommand, whole } from "./options.js";
import { runsCommand } from "./runs/command.js";

// What a command does is loaded when it is asked for: every command starts as soon as it can.

const reproduceCommand = () =>
  trainingCommand("reproduce")
    .description("the paper: both tables, the four figures, and what differs")
    .addOption(roundsOption())
    .option("--out <folder>", "where the report goes", "report")
    .action(async (options) => (await import("./reproduce.js")).reproduce(options));

const trainCommand = () =>
  trainingCommand("train")
    .description("one run")
    .argument("<architecture>", "see pairlab architectures")
    .action(async (architecture, options) => {
      // The thread gets ready while this one loads what it needs, and then the images.
      const threads = startThreads(1);
      await (await import("./train.js")).trainOnce(architecture, options, threads);
    });

const exportCommand = () =>
  new Command("export")
    .description("weights of a finished run, for other tools")
    .argument("<run>", "a run's id, its unambiguous beginning, or latest")
    .addOption(
      new Option("--format <format>", "file format").choices(["safetensors"] as const).default("safetensors" as const),
    )
    .requiredOption("--out <file>", "where the file goes")
    .addOption(runsOption())
    .option("--quiet", "say nothing")
    .action(async (reference, options) => (await import("./export.js")).exportWeights(reference, options));

const pairsCommand = () =>
  new Command("pairs")
    .description("a round's pair sets, for other tools")
    .requiredOption("--out <file>", "the safetensors file to write")
    .addOption(seedOption())
    .addOption(new Option("--pairs <count>", "training pairs").argParser(whole(1, 1_000_000)).default(1000))
    .addOption(dataOption())
    .option("--quiet", "say nothing")
    .action(async (options) => (await import("./pairs.js")).exportPairs(options));

const dataCommand = () =>
  new Command("data").description("where the images come from").addCommand(
    new Command("verify")
      .description("check the four IDX files: whole, matching, and MNIST's own by their SHA-256")
      .addOption(dataOption())
      .addOption(jsonOption())
      .action(async (options) => (await import("./data.js")).verifyData(options)),
  );

const architecturesCommand = () =>
  new Command("architectures")
    .description("names, layers, parameter counts")
    .addOption(jsonOption())
    .action(async (options) => (await import("./architectures.js")).listArchitectures(options));

/** Lets `main` choose the exit code of what commander refuses. */
function throwInsteadOfExit(command: CommandUnknownOpts): void {
  command.exitOverride();
  command.configureOutput({ outputError: (text, write) => write(`${text.trim().replaceAll(/\s*\n\s*/g, " ")}\n`) });
  for (const child of command.commands) throwInsteadOfExit(child);
}

/** The whole command line. */
export function pairlabCommand(version: string): Command {
  const program = new Command("pairlab")
    .description("Train small networks on pairs of images, and measure what each hint about the problem is worth.")
    .version(version)
    .option("--no-color", "plain text without colours (NO_COLOR does the same)")
    .option("--debug", "print a stack trace when something fails");
  for (const command of [
    reproduceCommand(),
    trainCommand(),
    runsCommand(),
    exportCommand(),
    pairsCommand(),
    dataCommand(),
    architecturesCommand(),
  ])
    program.addCommand(command);
  throwInsteadOfExit(program);
  return program;
}
