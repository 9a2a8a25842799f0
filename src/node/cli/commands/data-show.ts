import { count, nounFor } from "../../../core/text/format.js";
import { contactSheet, type DatasetDescription, describeDataset } from "../../data/describe.js";
import { loadDataset } from "../../data/load-dataset.js";
import { writeWhole } from "../../files.js";
import { type ImageArguments, imagesAsked } from "../options.js";
import { formatTable } from "../terminal/columns.js";
import { print, printJson, remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";

export type ShowOptions = Omit<ImageArguments, "data"> & {
  readonly sheet?: string;
  readonly json?: true;
  readonly quiet?: true;
};

/** Classes that are listed by name. */
const LISTED = 20;

/** `pairlab data show`: what was understood of a data set. */
export async function showData(path: string | undefined, options: ShowOptions): Promise<void> {
  const { sheet, json, quiet } = options;
  const progress = decodingProgress(quiet === true);
  const dataset = await loadDataset(path, { ...imagesAsked(options), onProgress: progress.show }).finally(progress.end);
  const described = describeDataset(dataset);
  // First: where it cannot be written, nothing is printed.
  if (sheet !== undefined) await writeWhole(sheet, await contactSheet(dataset));
  if (json) printJson(described);
  else show(described);
  if (sheet !== undefined && !quiet)
    remark(
      `${sheet}: ${described.classes.length > 0 ? "a row of images of each class" : "the first images"}, as networks see them`,
    );
}

function show(described: DatasetDescription): void {
  const { name, layout, passedOver, height, width, channels, fit, background, splits, classes, duplicates, pairs } =
    described;
  const images = splits.reduce((sum, split) => sum + split.images, 0);
  const others =
    passedOver === 0
      ? ""
      : `; ${passedOver === 1 ? "1 other file is" : `${count(passedOver)} other files are`} passed over`;
  const inClasses =
    classes.length > 0 ? ` in ${count(classes.length)} ${nounFor(classes.length, "class", "classes")}` : "";
  print(`${name}: ${count(images)} ${nounFor(images, "image")}${inClasses}, from ${layout}${others}`);
  const colours = channels === 3 ? "red, green and blue" : "grey";
  print(
    `networks see ${height}×${width}, ${colours}${fit ? `, fitted by ${fit}` : ""}; the background is ${background.join(", ")}`,
  );
  print(pairs ? pairsText(pairs, described.dropped ?? 0) : splitText(splits));
  print(duplicateText(duplicates));
  print("");
  if (classes.length > 0) showClasses(classes, splits);
  print(`SHA-256 ${described.sha256}`);
}

function showClasses(classes: DatasetDescription["classes"], splits: DatasetDescription["splits"]): void {
  const shown = classes.slice(0, LISTED);
  const rows = shown.map((each) => [each.name, ...each.images.map(count)]);
  print(formatTable(["class", ...splits.map((split) => (split.name === "all" ? "images" : split.name))], rows));
  const more = classes.length - shown.length;
  if (more > 0) print(`and ${count(more)} more ${nounFor(more, "class", "classes")}`);
  print("");
}

function pairsText(pairs: NonNullable<DatasetDescription["pairs"]>, dropped: number): string {
  const parts = pairs.map((part) => `${count(part.pairs)} ${part.name} (${count(part.yes)} yes)`).join(", ");
  const rest = dropped === 0 ? "" : `; ${count(dropped)} are in none, for their pictures are in two`;
  return `pairs: ${parts}; no picture is in two of these parts${rest}`;
}

function splitText(splits: DatasetDescription["splits"]): string {
  const [first] = splits;
  if (first?.name === "all")
    return "no split is given: a fifth of each class is for test pairs, or with --split classes three tenths of the classes";
  return splits
    .map(({ name, images }) => `${count(images)} ${nounFor(images, "image")} to ${PURPOSE[name]}`)
    .join(", ");
}

const PURPOSE: Readonly<Record<string, string>> = { train: "train on", test: "test on", validation: "choose by" };

function duplicateText({
  inOneSplit,
  acrossSplits,
  betweenClasses,
  example,
}: DatasetDescription["duplicates"]): string {
  const all = inOneSplit + acrossSplits;
  if (all === 0) return "no image is there twice";
  const copies = all === 1 ? "1 image is a copy of another" : `${count(all)} images are copies of others`;
  const across = acrossSplits === 0 ? "" : `, ${count(acrossSplits)} in another split`;
  const between = betweenClasses === 0 ? "" : `, ${count(betweenClasses)} under another class`;
  return `${copies}${across}${between}${example ? `: ${example.join(" and ")}` : ""}`;
}
