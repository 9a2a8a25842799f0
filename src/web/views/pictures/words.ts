import type { RunConfig } from "../../../core/index.js";
import { count, listed, nounFor, percent } from "../../../core/text/format.js";
import { LEAST_CLASSES_TO_SPLIT } from "../../../core/training/job.js";
import type { OwnAbout } from "../../images/given-pictures.js";
import { sizeInWords } from "../../images/seen.js";

/** Classes that are named with their counts. */
const NAMED = 12;

const pictures = (number: number): string => `${count(number)} ${nounFor(number, "picture")}`;

const total = ({ splits }: Pick<OwnAbout, "splits">): number => splits.reduce((sum, each) => sum + each.count, 0);

/** What was understood, in a sentence for each thing: the first says how many pictures there are, and what networks see. */
export function understood(about: OwnAbout): readonly string[] {
  const { classes, listed: pairs, size, channels, fit } = about;
  const where = pairs
    ? ` in a list of ${count(pairs.pairs.training + pairs.pairs.validation + pairs.pairs.test + pairs.dropped)} pairs`
    : "";
  const inClasses = classes.length > 0 ? ` ${pairs ? "of" : "in"} ${count(classes.length)} classes` : "";
  const fitting = fit ? `; those of another shape are ${FITTED[fit]}` : "";
  return [
    `${pictures(total(about))}${inClasses}${where}. Networks see them as ${sizeInWords(size)}, ${channels === 3 ? "in colour" : "in grey"}${fitting}.`,
    ...(about.layout === "metadata" ? ["A metadata file names them and their classes."] : []),
    ...splitsInWords(about),
    ...(pairs ? listInWords(pairs) : []),
    ...passedOver(about),
  ];
}

const FITTED = { stretch: "stretched", pad: "padded", crop: "cropped" } as const;

const USE = { train: "to learn from", validation: "to choose thresholds by", test: "to be tested on" } as const;

function splitsInWords({ splits }: OwnAbout): readonly string[] {
  const parts = splits.flatMap(({ name, count: number }) => (name === "all" ? [] : [`${count(number)} ${USE[name]}`]));
  return parts.length > 0 ? [`They are split already: ${listed(parts)}.`] : [];
}

function listInWords({ pairs, dropped }: NonNullable<OwnAbout["listed"]>): readonly string[] {
  const parts = [
    `${count(pairs.training)} to learn from`,
    ...(pairs.validation > 0 ? [`${count(pairs.validation)} to choose thresholds by`] : []),
    `${count(pairs.test)} to be tested on`,
  ];
  const lost = `${count(dropped)} ${nounFor(dropped, "pair is", "pairs are")} left out`;
  return [
    `Of the pairs there are ${listed(parts)}. No picture is in two of these parts${dropped > 0 ? `, so ${lost}` : ""}.`,
  ];
}

const passedOver = ({ passedOver: files, layout }: OwnAbout): readonly string[] => {
  if (files === 0) return [];
  const why =
    layout === "folders of classes"
      ? nounFor(files, "is no picture", "are no pictures")
      : nounFor(files, "is not named there", "are not named there");
  return [`${count(files)} ${nounFor(files, "file")} ${why}, and ${nounFor(files, "is", "are")} passed over.`];
};

/** The classes with their numbers of pictures: "cats 120, dogs 80", "…, and 8 more". */
export function classesInWords({ classes }: Pick<OwnAbout, "classes">): string {
  const named = classes.slice(0, NAMED).map(({ name, images }) => `${name} ${count(images)}`);
  const more = classes.length - named.length;
  return more > 0 ? `${named.join(", ")}, and ${count(more)} more` : named.join(", ");
}

/** Why pictures are too few for pairs to learn from and pairs to be tested on, and what is needed. */
export function tooFew({ classes, listed: pairs }: Pick<OwnAbout, "classes" | "listed">): string {
  if (pairs)
    return "The list has too few pairs: it needs some of both answers to learn from, and others, of other pictures, to be tested on.";
  const needed =
    classes.length >= LEAST_CLASSES_TO_SPLIT
      ? "some classes are kept for the test: give each class two at least, better ten"
      : "a fifth of each class is kept for the test: give each class five at least, better twenty";
  return `These pictures are too few. Of them ${needed}.`;
}

/** Fewer pairs to be tested on than these leave a test error to chance: of 50, one is two points. */
const FEW_TEST_PAIRS = 50;

/**
 * What bars of test errors rest on, as the second half of a sentence.
 *
 * @param always  the part of the pairs that always the same answer is wrong about; undefined before it is known
 */
export function testedOn({ testPairs, split }: Pick<RunConfig, "testPairs" | "split">, always?: number): string {
  const unseen = split === "classes" ? ", of classes that they have not seen" : "";
  return [
    `and the bars say how often they are wrong about ${count(testPairs)} ${nounFor(testPairs, "other")}${unseen}.`,
    ...(always === undefined ? [] : [`Always the same answer would be wrong about ${percent(always)} of those.`]),
    ...(testPairs < FEW_TEST_PAIRS ? ["So few say little: with more pictures there are more."] : []),
  ].join(" ");
}
