import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { MOST_CANDIDATES } from "../../core/experiments/ablate/limits.js";
import type { ExperimentName } from "../../core/experiments/list.js";
import { PRESET_NAMES } from "../../core/experiments/shared/presets.js";
import { MOST_TRIALS, MOST_TUNING_ROUNDS, OPTIMIZER_TRIALS } from "../../core/experiments/tune/limits.js";
import { MOST_ROUNDS } from "../../core/limits.js";
import type { ExperimentCommand, ReportOptions } from "./experiment.js";
import {
  batchSizeOption,
  epochsOption,
  measuringCommand,
  overridesOf,
  pairsOption,
  reportOption,
  roundsOption,
  sessionCommand,
  settingsCommand,
  sizes,
  trainingCommand,
  whole,
  withPairSettings,
} from "./options.js";
import { MEASURED_PAIR_OPTIONS } from "./pair-names.js";

/** Runs an experiment with what its command was given. */
type Run = <Options, Result>(
  command: ExperimentCommand<Options, Result>,
  asked: Options,
  options: ReportOptions,
) => Promise<void>;

// A command's code is loaded only when the command runs, so every command starts quickly.

const reproduceCommand = (run: Run) =>
  trainingCommand("reproduce")
    .description("the paper: both tables, the four figures, and what differs")
    .addOption(roundsOption())
    .addOption(reportOption())
    .action(async (options) => {
      const [{ reproduce }, { reproducePart }] = await Promise.all([
        import("../../core/experiments/reproduce/experiment.js"),
        import("../report/reproduce.js"),
      ]);
      const { rounds, seed } = options;
      await run(
        { experiment: reproduce, part: reproducePart },
        { rounds, seed, settings: overridesOf(options) },
        options,
      );
    });

const compareCommand = (run: Run) =>
  measuringCommand("compare")
    .description("architectures over the same rounds: what differs, and whether it is shown")
    .argument(
      "<architectures...>",
      "two or more, or one with --optimizers; see pairlab architectures. With settings changed: best:augmentation=none,batch-size=25",
    )
    .option(
      "--optimizers <names>",
      "compare optimizers of one architecture: names separated by commas, or all; the settings of each are searched on validation pairs",
    )
    .addOption(
      new Option(
        "--trials <count>",
        `settings tried for each of --optimizers (default: ${OPTIMIZER_TRIALS})`,
      ).argParser(whole(2, MOST_TRIALS)),
    )
    .option("--baseline", "compare the others only with the first: fewer tests than for every pair")
    .addOption(roundsOption())
    .addOption(reportOption())
    .action(async (names, options) => {
      const [{ compare }, { comparePart }, { parseVariant }, { parseOptimizers }] = await Promise.all([
        import("../../core/experiments/compare/experiment.js"),
        import("../report/compare.js"),
        import("./variants.js"),
        import("./optimizers.js"),
      ]);
      const { rounds, seed, baseline, trials } = options;
      const architectures = names.map(parseVariant);
      const optimizers = options.optimizers === undefined ? undefined : parseOptimizers(options.optimizers);
      await run(
        { experiment: compare, part: comparePart, pairNames: MEASURED_PAIR_OPTIONS },
        { architectures, rounds, seed, settings: overridesOf(options), baseline, optimizers, trials },
        options,
      );
    });

const presetOption = (words: string) =>
  new Option("--preset <name>", words).choices(PRESET_NAMES).default("quick" as const);
const presetRoundsOption = () =>
  new Option("--rounds <count>", "rounds (default: the preset's)").argParser(whole(1, MOST_ROUNDS));

const ablateCommand = (run: Run) =>
  withPairSettings(sessionCommand("ablate"))
    .description("what each hint is worth: every combination of five hints, each tuned on validation pairs")
    .addOption(presetOption("quick: 10 rounds, 8 candidates; full: 30 rounds, 16 candidates"))
    .addOption(presetRoundsOption())
    .addOption(
      new Option("--candidates <count>", "settings tried for each network (default: the preset's)").argParser(
        whole(1, MOST_CANDIDATES),
      ),
    )
    .addOption(epochsOption())
    .addOption(batchSizeOption())
    .addOption(pairsOption())
    .addOption(reportOption())
    .action(async (options) => {
      const [{ ablate }, { ablatePart }] = await Promise.all([
        import("../../core/experiments/ablate/experiment.js"),
        import("../report/ablate.js"),
      ]);
      const {
        preset,
        rounds,
        seed,
        candidates,
        epochs,
        batchSize,
        pairs: trainPairs,
        relation,
        balance,
        split,
        reuse,
      } = options;
      await run(
        { experiment: ablate, part: ablatePart },
        { preset, rounds, seed, candidates, epochs, batchSize, trainPairs, relation, balance, split, reuse },
        options,
      );
    });

const worthCommand = (run: Run) =>
  withPairSettings(sessionCommand("worth"))
    .description("what each hint is worth in training pairs: learning curves with and without it")
    .addOption(presetOption("quick: 5 rounds, up to 8,000 pairs; full: 10 rounds, up to 30,000"))
    .addOption(presetRoundsOption())
    .addOption(
      new Option(
        "--sizes <pairs>",
        "numbers of training pairs, such as 125,500,2000 (default: the preset's)",
      ).argParser(sizes),
    )
    .addOption(epochsOption())
    .addOption(batchSizeOption())
    .addOption(reportOption())
    .action(async (options) => {
      const [{ worth }, { worthPart }] = await Promise.all([
        import("../../core/experiments/worth/experiment.js"),
        import("../report/worth.js"),
      ]);
      const { preset, rounds, seed, sizes, epochs, batchSize, relation, balance, split, reuse } = options;
      await run(
        { experiment: worth, part: worthPart, pairNames: { trainPairs: "--sizes" } },
        { preset, rounds, seed, sizes, epochs, batchSize, relation, balance, split, reuse },
        options,
      );
    });

const tuneCommand = (run: Run) =>
  settingsCommand("tune")
    .description("an architecture's learning rate, dropout and the like, searched on validation pairs")
    .argument("<architecture>", "see pairlab architectures")
    .option(
      "--over <settings>",
      "what to search, such as learning-rate=1e-4..1e-1,dropout,batch-size=25/50 (default: the settings that the architecture has, around its own values)",
    )
    .addOption(new Option("--trials <count>", "settings tried").argParser(whole(2, MOST_TRIALS)).default(60))
    .addOption(
      new Option("--rounds <count>", "rounds of the best trials, and fresh rounds to check the chosen settings")
        .argParser(whole(1, MOST_TUNING_ROUNDS))
        .default(10),
    )
    .addOption(reportOption())
    .action(async (architecture, options) => {
      const [{ tune }, { tunePart }] = await Promise.all([
        import("../../core/experiments/tune/experiment.js"),
        import("../report/tune.js"),
      ]);
      const { over, trials, rounds, seed } = options;
      const asked = { architecture, over, trials, rounds, seed, settings: overridesOf(options) };
      await run({ experiment: tune, part: tunePart }, asked, options);
    });

/** A row an experiment: its command, by its name. In the order of the help, and of a report's parts. */
const COMMANDS: Readonly<Record<ExperimentName, (run: Run) => CommandUnknownOpts>> = {
  reproduce: reproduceCommand,
  compare: compareCommand,
  ablate: ablateCommand,
  worth: worthCommand,
  tune: tuneCommand,
};

/** Names of all experiments, in their order. */
export const EXPERIMENT_NAMES: readonly string[] = Object.keys(COMMANDS);

/** Names of all parts that a report can have, in their order: the experiments', and that of one run's measures. */
export const REPORT_PARTS: readonly string[] = [...EXPERIMENT_NAMES, "evaluate"];

/** The experiments' commands. */
export const experimentCommands = (): CommandUnknownOpts[] =>
  Object.values(COMMANDS).map((command) =>
    command(async (...given) => {
      const { carryOutExperiment } = await import("./experiment.js");
      await carryOutExperiment(...given, REPORT_PARTS);
    }),
  );
