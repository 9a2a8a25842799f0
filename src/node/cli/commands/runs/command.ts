import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../../../core/errors.js";
import { isTag, TAG_IN_WORDS } from "../../../../core/runs/annotations.js";
import { unknownCommand } from "../../help.js";
import { jsonOption, path, runsOption } from "../../options.js";

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** A parser of tags, of an option that may be given more than once. */
function tags(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!isTag(text)) throw new InvalidArgumentError(`It must be ${TAG_IN_WORDS}.`);
  return collect(text, before);
}

const architectureOption = () =>
  new Option("--architecture <name>", "only runs of this architecture; may be given more than once").argParser(collect);
const whereOption = () =>
  new Option(
    "--where <condition>",
    "only runs with KEY=VALUE, where KEY is a path in the configuration, such as epochs or engine.simd, or seed, id or diverged; also != < <= > >=; may be given more than once",
  ).argParser(collect);
const tagOption = () =>
  new Option("--tag <name>", "only runs with this tag; may be given more than once").argParser(tags);

const runArgument = "a run's id, its unambiguous beginning, or latest";

const listCommand = () =>
  new Command("list")
    .description("results grouped over seeds: n, mean, deviation, 95% interval")
    .option("--all", "a row for each run")
    .addOption(architectureOption())
    .addOption(whereOption())
    .addOption(tagOption())
    .addOption(runsOption())
    .addOption(jsonOption().conflicts("csv"))
    .option("--csv", "print a line for each run, with all settings, as CSV")
    // A name that is not a command's arrives here as an argument.
    .allowExcessArguments()
    .action(async (options, { args: [unknown] }) => {
      if (unknown !== undefined) throw unknownCommand(unknown, ["list", "show", "diff", "tag", "note", "export", "rm"]);
      await (await import("./list.js")).listRuns(options);
    });

const showCommand = () =>
  new Command("show")
    .description("one run: settings, errors, time, epochs")
    .argument("<run>", runArgument)
    .option("--epochs", "every epoch, in place of the first, the best and the last")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (reference, options) => (await import("./show.js")).showRun(reference, options));

const diffCommand = () =>
  new Command("diff")
    .description("what differs between runs, and their errors")
    .argument("<run>", runArgument)
    .argument("<runs...>", "the other runs")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (first, others, options) => (await import("./diff.js")).diffRuns([first, ...others], options));

const tagCommand = () =>
  new Command("tag")
    .description("tags of runs: add some, remove others")
    .argument("<runs...>", "ids, unambiguous beginnings, or latest")
    .addOption(new Option("--add <name>", "a tag to add; may be given more than once").argParser(tags))
    .addOption(new Option("--remove <name>", "a tag to remove; may be given more than once").argParser(tags))
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (references, options) => (await import("./annotate.js")).tagRuns(references, options));

const noteCommand = () =>
  new Command("note")
    .description("a note on a run, in place of the one it has")
    .argument("<run>", runArgument)
    .argument("<text>", 'one line; "" removes the note')
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (reference, text, options) => (await import("./annotate.js")).noteRun(reference, text, options));

/** A format's files, as `--format` names it. */
const FORMATS = ["csv", "jsonl", "tensorboard"] as const;

const exportCommand = () =>
  new Command("export")
    .description("runs with their epochs for pandas, TensorBoard and others")
    .addOption(architectureOption())
    .addOption(whereOption())
    .addOption(tagOption())
    .addOption(
      new Option(
        "--format <name>",
        "csv: a line for each run and epoch; jsonl: a run on each line; tensorboard: a folder of event files for each run; needed",
      ).choices(FORMATS),
    )
    .addOption(new Option("--out <path>", "the file to write, or the folder of event files; needed").argParser(path))
    .addOption(runsOption())
    .option("--quiet", "say nothing")
    .action(async ({ format, out, ...options }) => {
      // Commander would report a missing required option before a misspelt one.
      if (format === undefined) throw new InvalidRequest(`--format is missing: give one of ${FORMATS.join(", ")}`);
      if (out === undefined) throw new InvalidRequest("--out is missing: name the file or the folder to write");
      await (await import("./export.js")).exportRuns({ ...options, format, out });
    });

const removeCommand = () =>
  new Command("rm")
    .description("remove runs")
    .argument("[runs...]", "ids, unambiguous beginnings, or latest")
    .addOption(architectureOption())
    .addOption(whereOption())
    .addOption(tagOption())
    .option("--damaged", "damaged runs, and those that were set aside")
    .option("--yes", "allow the removal of more than one run, or of runs that options select")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (references, options) => (await import("./remove.js")).removeRuns(references, options));

/** `pairlab runs`: the run store, seen from the terminal. */
export const runsCommand = () =>
  new Command("runs")
    .description("finished runs: results grouped over seeds, details, differences, tags and notes, export, removal")
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(tagCommand())
    .addCommand(noteCommand())
    .addCommand(exportCommand())
    .addCommand(removeCommand());
