import type { OwnArchitecture } from "../core/architectures/own.js";
import { MOST_BYTES } from "../core/data/idx.js";
import { idxLength } from "../core/data/idx-array.js";
import type { Size } from "../core/data/image-options.js";
import { CLASSES, isWithin } from "../core/limits.js";
import { FITS, type Fit } from "../core/pictures/prepare.js";

/** Images that belong together: `all` are those that nobody has split. */
export type SplitName = "train" | "test" | "validation" | "all";

/** What an IDX file has of a data set: its images, their labels, or the pairs that a list gives. */
export type FileRole = `${SplitName} ${"images" | "labels"}` | typeof LISTED;

const LISTED = "listed pairs";

/** Pairs that are given with their answers. Their file has three numbers for each: its two images, and 1 where the answer is yes. */
export interface SiteList {
  readonly relation: ListedRelation;
  /** Of the list's pairs, those with the answer yes, also of pairs that are in no part. */
  readonly share: number;
  /** How many pairs each part has, in the order of the file. */
  readonly pairs: Readonly<Record<ListedPart, number>>;
}

export type ListedRelation = "listed-match" | "listed-winner";
const LISTED_RELATIONS: readonly ListedRelation[] = ["listed-match", "listed-winner"];

export const LISTED_PARTS = ["training", "validation", "test"] as const;
export type ListedPart = (typeof LISTED_PARTS)[number];

/** A file as the page fetches it, gzipped. */
export interface FetchedFile {
  /** Such as MNIST's own "train-images-idx3-ubyte". */
  readonly name: string;
  /** Relative to the page. */
  readonly path: string;
  /** Of the gzipped file. */
  readonly bytes: number;
  /** Bytes, decompressed. */
  readonly size: number;
  /** Of the decompressed file: 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** An IDX file. */
export interface SiteFile extends FetchedFile {
  readonly role: FileRole;
}

/**
 * The images of one seed's pairs, as networks see them: enough to train on before the other images are there. The pairs are those that
 * are drawn by an image's number alone, first all training pairs of the training images, then the test pairs of the test images.
 * `first-pairs.ts` has the file's form.
 */
export interface SiteFirst extends FetchedFile, Size {
  readonly seed: number;
  readonly trainPairs: number;
  readonly testPairs: number;
}

/**
 * What files of images are, where they are not four of grey images of ten classes that networks see 2×2-pooled. Their images have four
 * dimensions: how many, channels, height, width.
 */
export interface SiteImages extends Size {
  /** Of the data set, as its runs have it. */
  readonly sha256: string;
  readonly channels: 1 | 3;
  /** Of a pixel: 16 where pixels are in 256ths. */
  readonly bits: 8 | 16;
  /** Side of the blocks whose averages networks see. */
  readonly pooling: 1 | 2;
  /** How many there are; 0 of a list that names none. */
  readonly classes: number;
  /** What the classes are called, where that is not their numbers. */
  readonly names?: readonly string[];
  /** What they stand for in a relation. */
  readonly values?: readonly number[];
  /** 0–255 of each channel, where it is not 0. */
  readonly background?: readonly number[];
  readonly fit?: Fit;
  /** What was asked of the images, as options of a command. */
  readonly options?: readonly string[];
  /** In the order of the files: each has its images and their labels. */
  readonly splits: readonly { readonly name: SplitName; readonly count: number }[];
  /** Of a list of pairs, whose images are in no split. */
  readonly listed?: SiteList;
}

/** `site.json`, beside the page's `index.html`: what the page finds where it is served. */
export interface SiteManifest {
  /** Of pairlab. */
  readonly version: string;
  readonly dataset: {
    readonly name: string;
    /** Images and labels of each split, then the pairs of a list; without a description images to train on, then those to test on. */
    readonly files: readonly SiteFile[];
    readonly images?: SiteImages;
    /** Of a data set without a description whose files are much larger than this one. */
    readonly first?: SiteFirst;
  };
  /** Networks of the project's own. What is in them is checked when they are added. */
  readonly architectures?: readonly OwnArchitecture[];
  /** What the page asks at its start, by a relation's name. */
  readonly relation?: string;
  /** The hosts, as URLs have them, at which other devices reach a page that is open on the server's own machine. */
  readonly network?: readonly string[];
  /** The address of the run store, relative to the page; null if there is none, as in a static folder. */
  readonly runs: string | null;
}

/** The splits that there can be. */
const SPLITS: readonly (readonly SplitName[])[] = [["all"], ["train", "test"], ["train", "test", "validation"]];

const rolesOf = (splits: readonly SplitName[], isListed = false): FileRole[] => [
  ...splits.flatMap((name): FileRole[] => [`${name} images`, `${name} labels`]),
  ...(isListed ? ([LISTED] as const) : []),
];

const ROLES = rolesOf(["train", "test"]);

/** Whether parsed JSON is a manifest: code that fetches files allocates memory for the sizes that it names. */
export function isSiteManifest(value: unknown): value is SiteManifest {
  const { version, dataset, runs, architectures, relation, network } = fieldsOf(value);
  const { name, files, images, first } = fieldsOf(dataset);
  const isSite = typeof version === "string" && typeof name === "string" && (runs === null || typeof runs === "string");
  if (!isSite || !Array.isArray(files)) return false;
  if (!isListOrNone(architectures, isObject) || (relation !== undefined && !isText(relation))) return false;
  if (!isListOrNone(network, isText)) return false;
  if (images === undefined) return areFiles(files, ROLES) && (first === undefined || isFirst(first));
  if (first !== undefined) return false;
  if (!isDescription(images)) return false;
  const roles = rolesOf(
    images.splits.map((each) => each.name),
    images.listed !== undefined,
  );
  return areFiles(files, roles, sizesOf(images));
}

/** @param sizes  of the files, decompressed, where that is known */
const areFiles = (files: readonly unknown[], roles: readonly FileRole[], sizes?: readonly number[]): boolean =>
  files.length === roles.length &&
  files.every((file, i) => isSiteFile(file, roles[i] as FileRole) && (!sizes || file.size === sizes[i]));

/** What the files take, decompressed. */
const sizesOf = ({ splits, channels, height, width, bits, classes, listed }: SiteImages): number[] => [
  ...splits.flatMap(({ count }) => [
    idxLength([count, channels, height, width], bits === 16 ? 2 : 1),
    idxLength([count], classes > 256 ? 2 : 1),
  ]),
  ...(listed ? [idxLength([LISTED_PARTS.reduce((sum, part) => sum + listed.pairs[part], 0), 3], 4)] : []),
];

const isCount = (value: unknown, least = 1): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= MOST_BYTES;

function isDescription(value: unknown): value is SiteImages {
  const images = fieldsOf(value);
  const { sha256, height, width, channels, bits, pooling, classes, splits, listed } = images;
  const fewest = listed === undefined ? 1 : 0;
  if (!isSha256(sha256) || !isCount(height) || !isCount(width) || !isCount(classes, fewest)) return false;
  if (channels !== 1 && channels !== 3) return false;
  if ((bits !== 8 && bits !== 16) || (pooling !== 1 && pooling !== 2) || !isWithin(classes, CLASSES)) return false;
  if (height < pooling || width < pooling || !Array.isArray(splits)) return false;
  const parts = splits.map(fieldsOf);
  if (!SPLITS.some((names) => names.join() === parts.map(({ name }) => name).join())) return false;
  if (listed !== undefined && !(isList(listed) && parts.length === 1)) return false;
  return parts.every(({ count }) => isCount(count)) && isMeaning(images, classes, channels);
}

function isList(value: unknown): value is SiteList {
  const { relation, share, pairs } = fieldsOf(value);
  const counts = fieldsOf(pairs);
  return (
    LISTED_RELATIONS.includes(relation as ListedRelation) &&
    typeof share === "number" &&
    share >= 0 &&
    share <= 1 &&
    LISTED_PARTS.every((part) => isCount(counts[part], part === "validation" ? 0 : 1))
  );
}

function isMeaning(images: Readonly<Record<string, unknown>>, classes: number, channels: number): boolean {
  const { names, values, background, fit, options } = images;
  const isPixel = (each: unknown) => Number.isInteger(each) && (each as number) >= 0 && (each as number) <= 255;
  return (
    isListOrNone(names, isText, classes) &&
    isListOrNone(values, Number.isFinite, classes) &&
    isListOrNone(background, isPixel, channels) &&
    isListOrNone(options, isText) &&
    (fit === undefined || FITS.includes(fit as Fit))
  );
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const isText = (value: unknown): value is string => typeof value === "string";

const isListOrNone = (list: unknown, isOne: (each: unknown) => boolean, length?: number): boolean =>
  list === undefined ||
  (Array.isArray(list) && list.every((each) => isOne(each)) && (length === undefined || list.length === length));

const isSha256 = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

/** Its images take less than two bytes a pixel. */
function isFirst(value: unknown): value is SiteFirst {
  const { seed, trainPairs, testPairs, height, width, size } = fieldsOf(value);
  if (!isCount(seed, 0) || ![trainPairs, testPairs, height, width].every((each) => isCount(each))) return false;
  const pixels = 2 * ((trainPairs as number) + (testPairs as number)) * (height as number) * (width as number);
  return isFetchedFile(value) && isCount(pixels) && (size as number) >= pixels && (size as number) < 2 * pixels;
}

const isSiteFile = (value: unknown, due: FileRole): value is SiteFile =>
  fieldsOf(value).role === due && isFetchedFile(value);

function isFetchedFile(value: unknown): value is FetchedFile {
  const { name, path, bytes, size, sha256 } = fieldsOf(value);
  return (
    typeof name === "string" &&
    typeof path === "string" &&
    [bytes, size].every((count) => isCount(count, 0)) &&
    isSha256(sha256)
  );
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isObject(value) ? (value as Record<string, unknown>) : {};
