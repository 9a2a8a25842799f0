import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option, type OptionValues } from "@commander-js/extra-typings";
import { type AugmentationName, augmentations } from "../../core/data/augmentation.js";
import type { ImageOptions, Size } from "../../core/data/image-options.js";
import type { PixelScale } from "../../core/data/normalization.js";
import { parseNumber, parseWhole } from "../../core/formats/numbers.js";
import { BUILDS, FIRST_SEEDS, isWithin, type Limits, limitsInWords, WORKERS } from "../../core/limits.js";
import { optionName, withOption } from "../../core/settings/options.js";
import { rowOf, type SETTINGS, type SettingName } from "../../core/settings/table.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";
import { readRelation } from "./relation-option.js";

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

/** A parser of paths. An empty path, as from an unset variable, would mean the current folder, so it is refused. */
export function path(text: string): string {
  if (text === "") throw new InvalidArgumentError("It is empty: name a file or a folder.");
  return text;
}

export const seedOption = () =>
  new Option("--seed <seed>", "seed, or that of the first round if there are several")
    .argParser(number(FIRST_SEEDS))
    .default(0);
export const runsOption = () => new Option("--runs <folder>", "the run store").argParser(path).default("runs");
export const workersOption = () =>
  new Option("--workers <count>", "worker threads; each trains one run at a time")
    .argParser(number(WORKERS))
    .default(availableParallelism(), "one for each core");
export const reportOption = () =>
  new Option("--out <folder>", "where the report goes").argParser(path).default("report");
export const dataOption = () =>
  new Option(
    "--data <path>",
    "images: a folder of four IDX files, of a folder for each class, or with a metadata.csv; a zip of these; or a list of pairs (default: MNIST, which comes with the package)",
  ).argParser(path);

/** A parser of what images are to be: "32x32", rows first. */
export function imageSize(text: string): Size {
  const [height, width] = (/^(\d+)[x×](\d+)$/.exec(text) ?? []).slice(1).map(Number);
  const isSide = (side: number | undefined): side is number => side !== undefined && side >= 8 && side <= 64;
  if (!isSide(height) || !isSide(width))
    throw new InvalidArgumentError("It must be a height and a width from 8 to 64, such as 32x32.");
  return { height, width };
}

/** A parser of how pixels are scaled: "33.3,78.6". */
export function pixelScaleOf(text: string): PixelScale {
  const [mean, deviation, ...more] = text.split(",").map((part) => parseNumber(part.trim()));
  if (mean === undefined || deviation === undefined || deviation <= 0 || more.length > 0)
    throw new InvalidArgumentError("It must be a mean and a standard deviation above 0, such as 33.3,78.6.");
  return { mean, deviation };
}

/** The names of classes in their order: "small,medium,large". */
const classOrder = (text: string): string[] => text.split(",").map((name) => name.trim());

/** Options of a command that reads images: where they are, and how they become what networks see. */
export const imageOptions = () =>
  [
    dataOption(),
    new Option(
      "--size <HxW>",
      "height and width of what networks see, 8x8 to 64x64 (default: half of IDX images; of pictures their own where all have one that fits, else 32x32)",
    ).argParser(imageSize),
    new Option("--colour <kind>", "grey or rgb (default: rgb where a picture has colour)").choices([
      "grey",
      "rgb",
    ] as const),
    new Option(
      "--fit <how>",
      "what becomes of pictures of another shape: stretch, pad with background, or crop (default: they are refused)",
    ).choices(["stretch", "pad", "crop"] as const),
    new Option(
      "--order <names>",
      "all classes in their order, for relations that need one: small,medium,large",
    ).argParser(classOrder),
    new Option(
      "--classes <which>",
      "where folders lie in folders: first or innermost is the class (default: first)",
    ).choices(["first", "innermost"] as const),
    new Option(
      "--images <folder>",
      "of a list of pairs: where the pictures that it names lie (default: the list's folder)",
    ).argParser(path),
    new Option(
      "--first <column>",
      "of a list of pairs: the first pictures, by name or number (default: found by trying)",
    ),
    new Option("--second <column>", "of a list of pairs: the second pictures (default: found by trying)"),
    new Option("--label <column>", "of a list of pairs: the labels (default: found by the column's name)"),
    new Option("--same <label>", "of a list of pairs: the label of those that match, such as 1"),
  ] as const;

/** What those options give. */
export type ImageArguments = { readonly data?: string } & {
  -readonly [Name in keyof ImageOptions]?: ImageOptions[Name];
};

/** What they ask of the images, without where they are. */
export const imagesAsked = (options: ImageArguments): ImageOptions => {
  const { size, colour, fit, order, classes, images, first, second, label, same } = options;
  return { size, colour, fit, order, classes, images, first, second, label, same };
};

const IMAGE_ARGUMENTS = new Set(["data", ...Object.keys(imagesAsked({}))]);

/** A command's options without those of its images: it then reads MNIST's. */
export const withoutImages = <Options extends ImageArguments>(options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !IMAGE_ARGUMENTS.has(name))) as Options;

/** A command that reads images. */
export function withImages<Arguments extends unknown[], Options extends OptionValues>(
  command: Command<Arguments, Options>,
): Command<Arguments, Options & ImageArguments> {
  for (const option of imageOptions()) command.addOption(option);
  return command as unknown as Command<Arguments, Options & ImageArguments>;
}
export const jsonOption = () => new Option("--json", "print one JSON document, and nothing else, on standard output");

/** Settings that have an option, in the order of their help. */
const OPTIONS = withOption(
  "relation",
  ...(["epochs", "learningRate", "batchSize", "dropout", "optimizer", "momentum", "nesterov", "weightDecay"] as const),
  ...(["schedule", "clipNorm", "weightAverage", "auxiliaryWeight", "trainPairs", "augmentation", "pairing"] as const),
  ...(["partners", "members", "labelSmoothing", "labelFraction", "views"] as const),
);

/** A setting's option, as its row has it. */
function settingOption(name: SettingName): Option<string> {
  const row = rowOf(name);
  if (row.option === null) throw new Error(`${name} has no option`);
  const { takes, help } = row.option;
  const option = new Option(`--${optionName(name)}${takes ? ` ${takes}` : ""}`, help);
  if (row.kind === "number") option.argParser(number(row.limits));
  if (row.kind === "relation") option.argParser(readRelation);
  if (row.kind === "choice") option.choices(row.names);
  if (row.kind === "augmentation") option.choices(Object.keys(augmentations));
  return option;
}

/** Whose value may be a secret: nothing shows it. */
export const queueOption = (help: string) =>
  new Option(
    "--queue <url>",
    `${help}; redis:// or rediss:// (default: PAIRLAB_QUEUE of the environment, where a password belongs)`,
  );

export const simdOption = () =>
  new Option(
    "--simd <build>",
    "base: the same bits on every machine; fused: the same bits where a processor has fused multiply-add, and mostly faster",
  )
    .choices(BUILDS)
    .default("base" as const);

/** A command that trains: where its runs go, on what, and how they are shown. */
export const sessionCommand = (name: string) =>
  withImages(new Command(name).addOption(seedOption()).addOption(workersOption()).addOption(runsOption()))
    .addOption(simdOption())
    .addOption(queueOption("train on the workers of a queue: see pairlab worker"))
    .addOption(jsonOption())
    .option("--quiet", "show no progress");

/** The options that every command that trains has. */
export type SessionOptions = ReturnType<ReturnType<typeof sessionCommand>["opts"]>;

type Rows = typeof SETTINGS;

/** The name under which commander has a setting's value. */
type Attribute<Name extends SettingName> = Rows[Name] extends {
  readonly option: { readonly name: infer Called extends string };
}
  ? Called
  : Name;

/** A setting's value as an option gives it. */
type OptionValue<Name extends SettingName> = Name extends "augmentation" ? AugmentationName : SettingOverrides[Name];

/** Values of the settings whose options all commands with settings have, or only some. */
type Values<Of> = {
  [Name in keyof Rows as Rows[Name]["option"] extends { readonly help: string }
    ? (Rows[Name]["option"] extends { readonly of: infer Some } ? Some : "all") extends Of
      ? Attribute<Name>
      : never
    : never]?: OptionValue<Name>;
};

/** The settings whose options all commands with settings have, or only some. */
export const settingsOf = (...of: readonly ("all" | "evaluated" | "measured")[]): SettingName[] =>
  OPTIONS.filter((name) => of.includes(rowOf(name).option?.of ?? "all"));

/** What is asked about pairs, and how they are drawn for it. */
export type PairSettings = { -readonly [Name in "relation" | "balance" | "split" | "reuse"]?: SettingOverrides[Name] };

/** Adds options to a command, whose values are then typed by the table. */
export function withSettings<More extends object, Options extends OptionValues = SessionOptions>(
  command: Command<[], Options>,
  names: readonly SettingName[],
) {
  for (const name of names) {
    command.addOption(settingOption(name));
    const { option } = rowOf(name);
    if (option?.negative) command.addOption(new Option(`--no-${optionName(name)}`, option.negative));
  }
  return command as unknown as Command<[], Options & More>;
}

/** A command that draws pairs. */
export const withPairSettings = <Options extends OptionValues>(command: Command<[], Options>) =>
  withSettings<PairSettings, Options>(command, ["relation", "balance", "split", "reuse"]);

/** A command that trains with the settings that its options give. Those without a default keep each architecture's own. */
export const trainingCommand = (name: string) =>
  withSettings<Values<"all" | "evaluated">>(sessionCommand(name), settingsOf("all", "evaluated"));

/** Those, and which pairs measure the network: for `train` and `compare`, since other experiments report on test pairs. */
export const measuringCommand = (name: string) =>
  withSettings<Values<"all" | "evaluated" | "measured">>(
    sessionCommand(name),
    settingsOf("all", "evaluated", "measured"),
  );

/** The options of `train` and `compare`. */
export type MeasuringOptions = SessionOptions & Values<"all" | "evaluated" | "measured">;

/** The settings that a command line gives. */
export function overridesOf(options: Values<"all" | "evaluated" | "measured">): SettingOverrides {
  const values = options as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    OPTIONS.flatMap((name) => {
      const value = values[attributeOf(name)];
      if (value === undefined) return [];
      return [[name, rowOf(name).kind === "augmentation" ? augmentations[value as AugmentationName] : value]];
    }),
  );
}

/** As commander derives it from an option's name. */
export const attributeOf = (name: SettingName): string => rowOf(name).option?.name ?? name;
