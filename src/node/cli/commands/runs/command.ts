import { Command, Option } from "@commander-js/extra-typings";
import { unknownCommand } from "../../help.js";
import { jsonOption, runsOption } from "../../options.js";

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

const architectureOption = () =>
  new Option("--architecture <name>", "only runs of this architecture; may be given more than once").argParser(collect);
const whereOption = () =>
  new Option(
    "--where <condition>",
    "only runs with KEY=VALUE, where KEY is a path in the configuration, such as epochs or engine.simd, or seed, id or diverged; also != < <= > >=; may be given more than once",
  ).argParser(collect);

const listCommand = () =>
  new Command("list")
    .description("results grouped over seeds: n, mean, deviation, 95% interval")
    .option("--all", "a row for each run")
    .addOption(architectureOption())
    .addOption(whereOption())
    .addOption(runsOption())
    .addOption(jsonOption().conflicts("csv"))
    .option("--csv", "print a line for each run, with all settings, as CSV")
    // A name that is not a command's arrives here as an argument.
    .allowExcessArguments()
    .action(async (options, { args: [unknown] }) => {
      if (unknown !== undefined) throw unknownCommand(unknown, ["list", "show", "diff", "rm"]);
      await (await import("./list.js")).listRuns(options);
    });

const showCommand = () =>
  new Command("show")
    .description("one run: settings, errors, time, epochs")
    .argument("<run>", "a run's id, its unambiguous beginning, or latest")
    .option("--epochs", "every epoch, in place of the first, the best and the last")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (reference, options) => (await import("./show.js")).showRun(reference, options));

const diffCommand = () =>
  new Command("diff")
    .description("what differs between runs, and their errors")
    .argument("<run>", "a run's id, its unambiguous beginning, or latest")
    .argument("<runs...>", "the other runs")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (first, others, options) => (await import("./diff.js")).diffRuns([first, ...others], options));

const removeCommand = () =>
  new Command("rm")
    .description("remove runs")
    .argument("[runs...]", "ids, unambiguous beginnings, or latest")
    .addOption(architectureOption())
    .addOption(whereOption())
    .option("--damaged", "damaged runs, and those that were set aside")
    .option("--yes", "allow the removal of more than one run, or of runs that options select")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (references, options) => (await import("./remove.js")).removeRuns(references, options));

/** `pairlab runs`: the run store, seen from the terminal. */
export const runsCommand = () =>
  new Command("runs")
    .description("finished runs: results grouped over seeds, details, differences, removal")
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(removeCommand());
