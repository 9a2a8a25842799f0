import {
  Argument,
  Command,
  CommanderError,
  type CommandUnknownOpts,
  Option,
  type OptionValues,
} from "@commander-js/extra-typings";
import type { PixelScale } from "../../core/data/normalization.js";
import { InvalidRequest } from "../../core/errors.js";
import { FIRST_SEEDS } from "../../core/limits.js";
import { SETTING_LIMITS } from "../../core/settings/table.js";
import { packageVersion } from "../version.js";
import { startThreads } from "../workers/threads.js";
import type { FileOptions } from "./commands/run-of-file.js";
import { runsCommand } from "./commands/runs/command.js";
import { experimentCommands, planCommand } from "./experiments.js";
import { addHelp } from "./help.js";
import {
  dataOption,
  imageOptions,
  jsonOption,
  measuringCommand,
  number,
  type PairSettings,
  path,
  pixelScaleOf,
  queueOption,
  runsOption,
  seedOption,
  simdOption,
  whole,
  withImages,
  withPairSettings,
  workersOption,
} from "./options.js";
import { useProject, withProject } from "./project.js";
import { readRelation, withTableFiles } from "./relation-option.js";
import { type Line, Lines } from "./terminal/lines.js";
import { isTerminal, print, remark, terminalWidth } from "./terminal/output.js";

// A command's code is loaded only when the command runs, so every command starts quickly.

const trainCommand = () =>
  measuringCommand("train")
    .description("one run")
    .argument("<architecture>", "see pairlab architectures")
    .addOption(
      new Option(
        "--init <file>",
        "a safetensors file of the weights that training starts from, of the whole network or of its trunk",
      ).argParser(path),
    )
    .action(async (architecture, options) => {
      // The thread gets ready while this one loads what it needs, and then the images.
      const threads = startThreads(1);
      await (await import("./commands/train.js")).trainOnce(architecture, options, threads);
    });

/** Commander would report a missing required option before a misspelt one. */
function needed(out: string | undefined): string {
  if (out === undefined) throw new InvalidRequest("--out is missing: name the file to write");
  return out;
}

/** Options that are of a file of weights: a run has its own. */
const OF_A_FILE = ["relation", "balance", "split", "reuse", "scale", "seed"] as const;

/** A command about a finished run, or a file of weights as a run of its network. @param does  what it does to the file */
const withWeightsFile = <Options extends OptionValues>(command: Command<[], Options>, does: string) =>
  withImages(
    withPairSettings(command)
      .argument("<run>", "a run's id, its unambiguous beginning, or latest; or a file of weights, with --architecture")
      .option(
        "--architecture <name>",
        `${does} a file of weights, as this network; the question, how pairs are drawn, --seed and --scale are for files only`,
      )
      .addOption(
        new Option("--seed <seed>", "pairs as a run of this seed has them").argParser(number(FIRST_SEEDS)).default(0),
      )
      .addOption(
        new Option(
          "--scale <mean,deviation>",
          "where a file does not say it: what pixels of 0-255 were less, and divided by (default: of training pairs)",
        ).argParser(pixelScaleOf),
      ),
  );

/**
 * What those options say of the file; undefined where a run is named.
 *
 * @param more  options that are of a file too
 * @throws InvalidRequest where a run is named, and an option of a file is given
 */
function weightsFile(
  { architecture, relation, balance, split, reuse, scale, seed }: PairSettings & WeightsFileOptions,
  command: CommandUnknownOpts,
  more: readonly string[] = [],
): FileOptions | undefined {
  if (architecture !== undefined)
    return { architecture, seed, asked: given({ relation, balance, split, reuse }), ...given({ scale }) };
  const needless = [...OF_A_FILE, ...more].find((name) => command.getOptionValueSource(name) === "cli");
  if (needless === undefined) return undefined;
  throw new InvalidRequest(`--${needless} is of a file of weights: leave it out, or name the file's --architecture`);
}

interface WeightsFileOptions {
  readonly architecture?: string;
  readonly seed: number;
  readonly scale?: PixelScale;
}

const evaluateCommand = () =>
  withWeightsFile(
    new Command("evaluate")
      .description("what a finished run's answers are worth: error, AUC, thresholds, calibration")
      .addOption(runsOption())
      .addOption(
        new Option("--pairs <count>", "test pairs (default: all that the test images make, no image twice)").argParser(
          number(SETTING_LIMITS.trainPairs),
        ),
      )
      .addOption(
        new Option("--worst <count>", "the worst mistakes as a picture; needs --out").argParser(whole(1, MOST_SHOWN)),
      )
      .addOption(new Option("--out <folder>", "where a report goes (default: none is written)").argParser(path)),
    "measure",
  )
    .addOption(jsonOption())
    .option("--quiet", "say nothing but the result")
    .action(async (reference, options, command) => {
      const file = weightsFile(options, command);
      const threads = startThreads(1);
      const ofProject = command.getOptionValueSource("data") === "config";
      await (await import("./commands/evaluate.js")).evaluate(reference, { ...options, ofProject }, threads, file);
    });

const workerCommand = () =>
  withImages(
    new Command("worker")
      .description("train runs that commands elsewhere ask for with --queue, until Ctrl-C")
      .addOption(queueOption("where Redis listens"))
      .addOption(workersOption()),
  )
    .addOption(simdOption())
    .option("--quiet", "say only what goes wrong")
    .action(async (options) => (await import("./commands/worker.js")).work(options));

const verifyCommand = () =>
  withImages(
    new Command("verify")
      .description("train some finished runs again, and compare their bits with what was kept")
      .argument("[report]", "the folder of a report, whose runs are meant (default: all runs of the store)")
      .addOption(
        new Option("--count <runs>", "how many are drawn at random").argParser(whole(1, MOST_VERIFIED)).default(3),
      )
      .addOption(workersOption())
      .addOption(runsOption()),
  )
    .addOption(jsonOption())
    .option("--quiet", "say nothing but the result")
    .action(async (report, options, command) => {
      const ofProject = command.getOptionValueSource("data") === "config";
      await (await import("./commands/verify.js")).verify(report, { ...options, seed: 0, simd: "base", ofProject });
    });

/** More runs than any study has. */
const MOST_VERIFIED = 1_000_000;

/** Those options that are given. */
const given = <Options extends object>(options: Options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: NonNullable<Options[Name]>;
  };

const askCommand = () =>
  new Command("ask")
    .description("what a finished run's network says of pictures: two files, two folders, or a list of pairs")
    .argument("<run>", "a run's id, its unambiguous beginning, or latest")
    .argument("[first]", "a picture, or a folder of pictures")
    .argument(
      "[second]",
      "a picture to compare with it, or a folder: each picture of the first with each of the second",
    )
    .addOption(
      new Option("--pairs <file>", "a list of pairs, CSV, TSV or white space, in place of them").argParser(path),
    )
    .addOption(
      new Option("--images <folder>", "where the list's files lie (default: the list's folder)").argParser(path),
    )
    .option("--first <column>", "the list's column of first pictures, by its name or number (default: found by trying)")
    .option("--second <column>", "the list's column of second pictures (default: found by trying)")
    .addOption(
      new Option("--threshold <probability>", "say what passes at it (default: those that evaluate chose)").argParser(
        number({ least: 0, most: 1 }),
      ),
    )
    .addOption(runsOption())
    .addOption(jsonOption().conflicts("csv"))
    .option("--csv", "print CSV, and nothing else, on standard output")
    .option("--quiet", "say nothing but the result")
    .action(async (reference, first, second, options) =>
      (await import("./commands/ask.js")).ask(
        reference,
        [first, second].filter((each) => each !== undefined),
        options,
      ),
    );

/** Pairs in a picture of the worst. */
const MOST_SHOWN = 100;

const exportCommand = () =>
  withWeightsFile(
    new Command("export")
      .description("weights or network of a finished run, or the network of a file of weights, for other tools")
      .addOption(
        new Option("--format <format>", "safetensors: the weights; onnx: the network, which takes raw pixels")
          .choices(["safetensors", "onnx"] as const)
          .default(undefined, "onnx if --out ends in .onnx, else safetensors"),
      )
      .addOption(
        new Option("--part <part>", "of onnx: the whole network, or its trunk, which gives the features of one image")
          .choices(["whole", "trunk"] as const)
          .default("whole" as const),
      )
      .addOption(new Option("--out <file>", "where the file goes; needed").argParser(path))
      .addOption(runsOption()),
    "write",
  )
    .option("--quiet", "say nothing")
    .action(async (reference, options, command) => {
      const file = weightsFile(options, command, OF_IMAGES);
      const asked = { ...options, out: needed(options.out) };
      await (await import("./commands/export.js")).exportNetwork(reference, asked, file);
    });

/** How images are read. */
const OF_IMAGES = imageOptions().map((option) => option.attributeName());

const embedCommand = () =>
  new Command("embed")
    .description("features of pictures: what a finished run's trunk makes of them, for other tools")
    .argument("<run>", "a run's id, its unambiguous beginning, or latest")
    .argument("<path>", "a picture, or a folder of pictures")
    .addOption(new Option("--out <file>", "where they go: a .safetensors, .npy or .csv file; needed").argParser(path))
    .addOption(new Option("--nearest <file>", "a PNG of some pictures, each with those most alike").argParser(path))
    .addOption(
      new Option("--trunk <image>", "of a network with separate trunks: that of the first or second image").choices([
        "first",
        "second",
      ] as const),
    )
    .addOption(runsOption())
    .option("--quiet", "say nothing")
    .action(async (reference, pictures, options) =>
      (await import("./commands/embed.js")).embed(reference, pictures, { ...options, out: needed(options.out) }),
    );

const pairsCommand = () =>
  withPairSettings(
    withImages(
      new Command("pairs")
        .description("a round's pair sets, for other tools")
        .addOption(new Option("--out <file>", "the safetensors file to write; needed").argParser(path))
        .addOption(seedOption())
        .addOption(
          new Option("--pairs <count>", "training pairs (default: 1000, or as many as the images make)").argParser(
            number(SETTING_LIMITS.trainPairs),
          ),
        ),
    ),
  )
    .option("--quiet", "say nothing")
    .action(async (options) =>
      (await import("./commands/pairs.js")).exportPairs({ ...options, out: needed(options.out) }),
    );

const showDataCommand = () => {
  const command = new Command("show")
    .description("what is understood of images: sizes, classes, splits, duplicates, background")
    .argument(
      "[path]",
      "IDX files, a folder of classes, a zip of these, or a list of pairs (default: MNIST, which comes with the package)",
    );
  const [data, ...others] = imageOptions();
  for (const option of others) command.addOption(option);
  // The argument says it; a project's configuration may too.
  return command
    .addOption(data.hideHelp())
    .addOption(new Option("--sheet <file>", "a PNG of images of each class, as networks see them").argParser(path))
    .addOption(jsonOption())
    .option("--quiet", "show no progress")
    .action(async (path, options) => (await import("./commands/data-show.js")).showData(path ?? options.data, options));
};

const dataCommand = () =>
  new Command("data")
    .description("where the images come from")
    .addCommand(showDataCommand())
    .addCommand(
      new Command("verify")
        .description("check the four IDX files: whole, matching, and MNIST's own by their SHA-256")
        .addOption(dataOption())
        .addOption(jsonOption())
        .action(async (options) => (await import("./commands/data.js")).verifyData(options)),
    );

const architecturesCommand = () =>
  new Command("architectures")
    .description("names, layers, parameter counts")
    .addOption(jsonOption())
    .action(async (options) => (await import("./commands/architectures.js")).listArchitectures(options));

const initCommand = () =>
  new Command("init")
    .description("a commented configuration in this folder, for networks and images of your own")
    .addArgument(new Argument("[file]", "the file to write").argParser(path).default("pairlab.config.ts"))
    .action(async (file) => (await import("./commands/init.js")).writeConfig(file));

const serveCommand = () =>
  withImages(
    new Command("serve")
      .description("the page in your browser, with the runs of the run store, until Ctrl-C")
      .addOption(
        new Option(
          "--host <address>",
          "address to listen on; beyond this machine, anyone who reaches it can read the runs",
        ).default("127.0.0.1"),
      )
      .addOption(
        new Option("--port <number>", "port to listen on; 0 for any that is free")
          .argParser(whole(0, 65_535))
          .default(8414),
      )
      .addOption(runsOption()),
  )
    .addOption(
      new Option(
        "--relation <name>",
        "what the page asks of a pair at its start, until somebody asks something else",
      ).argParser(readRelation),
    )
    .addOption(jsonOption())
    .action(async (options) => (await import("./commands/serve.js")).serve(options));

/** Where commander prints help and errors. */
interface Voice {
  readonly print: (text: Lines) => void;
  readonly remark: (text: Line | Lines) => void;
}

/** Makes commander print as the program does, and throw instead of ending the process. */
function speakFor(command: CommandUnknownOpts, voice: Voice): void {
  const linesOf = (text: string) => new Lines(text.trimEnd().split("\n"));
  const helpWidth = () => (isTerminal() ? terminalWidth() : HELP_WIDTH);
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => voice.print(linesOf(text)),
    writeErr: (text) => voice.remark(linesOf(text)),
    outputError: (text) => voice.remark(`${text.trim().replaceAll(/\s*\n\s*/g, " ")}${hyphenMissing(text, command)}`),
    getOutHelpWidth: helpWidth,
    getErrHelpWidth: helpWidth,
  });
  for (const child of command.commands) speakFor(child, voice);
}

/** What commander does not suggest for "-epochs". */
function hyphenMissing(error: string, command: CommandUnknownOpts): string {
  const [, name] = /^error: unknown option '-(\w[\w-]+)'/.exec(error) ?? [];
  return command.options.some(({ long }) => long === `--${name}`) ? ` (Did you mean --${name}?)` : "";
}

/** Characters of a line of help that is piped. */
const HELP_WIDTH = 80;

/**
 * Carries out a command line.
 *
 * @returns false where commander does not understand it, and has said so
 */
export async function carryOut(commandLine: readonly string[]): Promise<boolean> {
  try {
    await pairlabCommand(packageVersion()).parseAsync(commandLine, { from: "user" });
    return true;
  } catch (error) {
    if (error instanceof InvalidRequest) {
      const message = withProject(withTableFiles(error.message));
      throw message === error.message ? error : new InvalidRequest(message, { cause: error });
    }
    if (!(error instanceof CommanderError)) throw error;
    // Help and the version end here too.
    return error.exitCode === 0;
  }
}

/** Commands that a project's configuration does not change. */
const WITHOUT_PROJECT: readonly string[] = ["init", "help"];

/** The whole command line. */
export function pairlabCommand(version: string, voice: Voice = { print, remark }): Command {
  const program = new Command("pairlab")
    .description("Train small networks on pairs of images, and measure what each hint about the problem is worth.")
    .version(version)
    .option("--no-color", "plain text without colours (NO_COLOR does the same)")
    .option("--debug", "print a stack trace when something fails")
    .addOption(
      new Option(
        "--config <file>",
        "a pairlab.config file (default: the nearest in this folder or above it)",
      ).argParser(path),
    )
    .addOption(new Option("--no-config", "use no pairlab.config file"))
    .hook("preAction", async (whole, command) => {
      if (WITHOUT_PROJECT.includes(command.name())) return;
      const { config } = whole.opts() as { readonly config?: string | false };
      if (config === false) return;
      const used = await useProject(command, whole, config);
      const { quiet, json } = command.opts() as { readonly quiet?: true; readonly json?: true };
      if (used !== undefined && !quiet && !json) voice.remark(`using ${used}`);
    });
  for (const command of [
    ...experimentCommands(),
    planCommand(),
    trainCommand(),
    runsCommand(),
    evaluateCommand(),
    workerCommand(),
    verifyCommand(),
    exportCommand(),
    pairsCommand(),
    askCommand(),
    embedCommand(),
    dataCommand(),
    architecturesCommand(),
    initCommand(),
    serveCommand(),
  ])
    program.addCommand(command);
  addHelp(program);
  speakFor(program, voice);
  return program;
}
