import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { type AugmentationName, augmentations } from "../../core/data/augmentation.js";
import { OPTIMIZERS } from "../../core/engine/optimizers/names.js";
import { parseNumber, parseWhole } from "../../core/formats/numbers.js";
import { FIRST_SEEDS, isWithin, type Limits, limitsInWords, MOST_ROUNDS, WORKERS } from "../../core/limits.js";
import { SCHEDULES } from "../../core/settings/schedules.js";
import { SETTING_LIMITS } from "../../core/settings/table.js";

/** A parser of the numbers that an option takes. */
export function number(limits: Limits): (text: string) => number {
  return (text) => {
    const value = (limits.whole ? parseWhole : parseNumber)(text);
    if (value === undefined || !isWithin(value, limits))
      throw new InvalidArgumentError(`It must be ${limitsInWords(limits)}.`);
    // −0 is 0.
    return value + 0;
  };
}

/** A parser of whole numbers. */
export const whole = (least: number, most: number) => number({ least, most, whole: true });

/** A parser of paths: one that is empty, as that of a variable that is not set, would mean the current folder. */
export function path(text: string): string {
  if (text === "") throw new InvalidArgumentError("It is empty: name a file or a folder.");
  return text;
}

/** A parser of numbers of pairs that grow, for learning curves: "125,250,500". */
export function sizes(text: string): number[] {
  const values = text.split(",").map((part) => parseWhole(part.trim()) ?? Number.NaN);
  const growing = values.every((value, i) => value > (values[i - 1] ?? 0) && value <= SETTING_LIMITS.trainPairs.most);
  if (!growing || values.length < 2)
    throw new InvalidArgumentError(
      `It must be two or more whole numbers from 1 to ${SETTING_LIMITS.trainPairs.most}, each larger than the one before, such as 125,500,2000.`,
    );
  return values;
}

export const seedOption = () =>
  new Option("--seed <seed>", "seed; of the first round, where there are several")
    .argParser(number(FIRST_SEEDS))
    .default(0);
export const roundsOption = () =>
  new Option("--rounds <count>", "rounds: new pairs, new weights and new order each")
    .argParser(whole(1, MOST_ROUNDS))
    .default(10);
export const runsOption = () => new Option("--runs <folder>", "the run store").argParser(path).default("runs");
export const reportOption = () =>
  new Option("--out <folder>", "where the report goes").argParser(path).default("report");
export const dataOption = () =>
  new Option(
    "--data <folder>",
    "MNIST's four IDX files, plain or gzipped (default: the ones that come with the package)",
  ).argParser(path);
export const jsonOption = () => new Option("--json", "print one JSON document, and nothing else, on standard output");

export const epochsOption = () =>
  new Option("--epochs <count>", "epochs (default: the architecture's own, 25)").argParser(
    number(SETTING_LIMITS.epochs),
  );
export const batchSizeOption = () =>
  new Option("--batch-size <pairs>", "(default: the architecture's own, 50)").argParser(
    number(SETTING_LIMITS.batchSize),
  );
export const pairsOption = () =>
  new Option("--pairs <count>", "training pairs of a round (default: 1000)").argParser(
    number(SETTING_LIMITS.trainPairs),
  );

/** A command that trains: where its runs go, on what, and how they are shown. */
export const sessionCommand = (name: string) =>
  new Command(name)
    .addOption(seedOption())
    .addOption(
      new Option("--workers <count>", "worker threads, one run in each at a time")
        .argParser(number(WORKERS))
        .default(availableParallelism(), "the cores there are"),
    )
    .addOption(runsOption())
    .addOption(dataOption())
    .addOption(
      new Option(
        "--simd <build>",
        "base: the same bits on every machine; relaxed: fused multiply-add where there is one",
      )
        .choices(["base", "relaxed"] as const)
        .default("base" as const),
    )
    .addOption(jsonOption())
    .option("--quiet", "show no progress");

/** What every command that trains is given. */
export type SessionOptions = ReturnType<ReturnType<typeof sessionCommand>["opts"]>;

/** A command that trains with the settings that its options give. Those without a default keep each architecture's own. */
export const settingsCommand = (name: string) =>
  sessionCommand(name)
    .addOption(epochsOption())
    .addOption(
      new Option("--learning-rate <rate>", "(default: the architecture's own)").argParser(
        number(SETTING_LIMITS.learningRate),
      ),
    )
    .addOption(batchSizeOption())
    .addOption(
      new Option(
        "--dropout <rate>",
        "dropout rate, where there is dropout (default: the architecture's own, 0.5)",
      ).argParser(number(SETTING_LIMITS.dropout)),
    )
    .addOption(new Option("--optimizer <name>", "(default: the architecture's own, adam)").choices(OPTIMIZERS))
    .addOption(
      new Option("--momentum <part>", "of sgd (default: 0.9) and muon (default: 0.95)").argParser(
        number(SETTING_LIMITS.momentum),
      ),
    )
    .addOption(new Option("--nesterov", "Nesterov's momentum, of sgd"))
    .addOption(
      new Option(
        "--weight-decay <rate>",
        "decoupled for adamw (default: 0.01) and lion, an L2 penalty for the others (default: none)",
      ).argParser(number(SETTING_LIMITS.weightDecay)),
    )
    .addOption(
      new Option(
        "--schedule <name>",
        "how the learning rate falls (default: the architecture's own, constant)",
      ).choices(["constant", ...SCHEDULES] as const),
    )
    .addOption(
      new Option("--clip-norm <norm>", "the most that the gradients' norm may be; 0 for no limit").argParser(
        number(SETTING_LIMITS.clipNorm),
      ),
    )
    .addOption(
      new Option(
        "--weight-average <decay>",
        "the part that a step keeps of an average of the weights, which is then what is tested and saved; 0 for no average",
      ).argParser(number(SETTING_LIMITS.weightAverage)),
    )
    .addOption(
      new Option(
        "--auxiliary-weight <weight>",
        "weight of each digit's cross-entropy, where there is one (default: 0.5)",
      ).argParser(number(SETTING_LIMITS.auxiliaryWeight)),
    )
    .addOption(pairsOption())
    .addOption(
      new Option("--augmentation <name>", "how training images are changed each time (default: not at all)").choices(
        Object.keys(augmentations) as AugmentationName[],
      ),
    )
    .addOption(
      new Option(
        "--pairing <how>",
        "training pairs swapped or shuffled anew in each epoch, or as drawn (default)",
      ).choices(["swapped", "shuffled", "drawn"] as const),
    )
    .addOption(
      new Option(
        "--partners <count>",
        "others of its batch that each image is paired with, for networks with a shared trunk (default: 1)",
      ).argParser(number(SETTING_LIMITS.partners)),
    )
    .addOption(
      new Option(
        "--members <count>",
        "trunks with weights of their own whose digits are averaged, for networks that learn from digits alone (default: 1)",
      ).argParser(number(SETTING_LIMITS.members)),
    )
    .addOption(
      new Option("--label-smoothing <epsilon>", "of the digits' loss, where there is one (default: 0)").argParser(
        number(SETTING_LIMITS.labelSmoothing),
      ),
    )
    .addOption(
      new Option(
        "--views <kind>",
        "shifts: in evaluation, average the digits over an image and its four shifts by one pixel (default: none)",
      ).choices(["shifts", "none"] as const),
    );

/** Those, and when the network is evaluated. */
export const trainingCommand = (name: string) =>
  settingsCommand(name).addOption(
    new Option(
      "--evaluate <when>",
      "losses and accuracies after each epoch, or at the end alone (default: the architecture's own, each epoch)",
    ).choices(["epoch", "end"] as const),
  );

/** Which pairs measure the network: for `train` and `compare`, since other experiments report on test pairs. */
const evaluateOnOption = () =>
  new Option(
    "--evaluate-on <pairs>",
    "validation: pairs of training images that the round does not train on, for whoever has a choice to make (default: test)",
  ).choices(["test", "validation"] as const);

/** Those, and which pairs measure the network. */
export const measuringCommand = (name: string) => trainingCommand(name).addOption(evaluateOnOption());

/** What every command that trains with settings from its options is given. */
export type SettingsOptions = ReturnType<ReturnType<typeof settingsCommand>["opts"]>;

/** What every command that trains and evaluates as its options say is given. */
export type TrainingOptions = ReturnType<ReturnType<typeof trainingCommand>["opts"]>;

/** What `train` and `compare` are given. */
export type MeasuringOptions = ReturnType<ReturnType<typeof measuringCommand>["opts"]>;
