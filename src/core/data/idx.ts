import { namedBytes } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { nounFor } from "../text/format.js";
import type { LabelledImages } from "./images.js";

const UNSIGNED_BYTES = 0x08;

/** What an IDX file holds. */
export type IdxKind = "images" | "labels";

/** Sizes in a file's header: how many, and of images their height and width. */
const DIMENSIONS = { images: 3, labels: 1 } as const;

/** Bytes of a file before its data. */
export const headerBytes = (kind: IdxKind): number => 4 + 4 * DIMENSIONS[kind];

/** The largest file that is read. A million images of 28×28 have 784 MB. */
export const MOST_BYTES = 2 ** 31;

/** A file's bytes, and what to call it when something is wrong with it. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where `bytes` are a header and some of the images: how long the file is, and which images they are. */
  readonly part?: { readonly length: number; readonly held: Uint32Array };
}

/** What the header of an IDX file says. */
export interface IdxHeader {
  readonly name: string;
  readonly count: number;
  /** Of images; 1 of labels, as the width. */
  readonly height: number;
  readonly width: number;
  /** Of the whole file, as the header asks for them. */
  readonly length: number;
}

/**
 * Reads the header of an IDX file of unsigned bytes: two zero bytes, type 8, the number of dimensions, their sizes. Before memory
 * is taken for the rest it says how much that is.
 *
 * @param head  the file's first bytes, or all of them
 * @param length  of the whole file; undefined where it is not known yet, as of a compressed one
 * @throws InvalidRequest where it is no such file, has images that pooling leaves nothing of, or is larger than `MOST_BYTES`
 */
export function readIdxHeader(kind: IdxKind, name: string, head: Uint8Array, length?: number): IdxHeader {
  const [dimensions, start] = [DIMENSIONS[kind], headerBytes(kind)];
  if (head.length < start)
    throw new InvalidRequest(
      `${name} is truncated: ${length ?? head.length} bytes, but an IDX header alone takes ${start}`,
    );
  const header = new DataView(head.buffer, head.byteOffset, start);
  const magic = header.getUint32(0);
  const expected = (UNSIGNED_BYTES << 8) | dimensions;
  if (magic !== expected)
    throw new InvalidRequest(`${name} starts with ${hex(magic)}, not ${hex(expected)}: not an IDX file of ${kind}`);
  const sizes = Array.from({ length: dimensions }, (_, i) => header.getUint32(4 + 4 * i));
  const [count = 0, height = 1, width = 1] = sizes;
  // Three 32-bit sizes may have a product that a number does not hold exactly.
  const asked = sizes.reduce((product, size) => product * BigInt(size), 1n) + BigInt(start);
  if (length !== undefined && BigInt(length) !== asked) {
    const wrong = length < asked ? "is truncated" : "is too long";
    throw new InvalidRequest(
      `${name} ${wrong}: ${length} bytes, but its header (${sizes.join("×")}) asks for ${asked}`,
    );
  }
  if (kind === "images" && (height < 2 || width < 2))
    throw new InvalidRequest(
      `${name} has images of ${height}×${width}: 2×2 pooling leaves nothing of them; they must be 2×2 at least`,
    );
  if (asked > MOST_BYTES)
    throw new InvalidRequest(
      `${name} would take ${asked} bytes by its header (${sizes.join("×")}): at most ${MOST_BYTES} are read`,
    );
  return { name, count, height, width, length: Number(asked) };
}

/** @throws InvalidRequest where images and labels are not as many */
export function requireSameCount(images: IdxHeader, labels: IdxHeader): void {
  if (images.count !== labels.count)
    throw new InvalidRequest(
      `${images.name} has ${images.count} ${nounFor(images.count, "image")} but ${labels.name} has ${labels.count} ${nounFor(labels.count, "label")}: they must match`,
    );
}

/** There are as many classes where no label says otherwise. */
const DIGITS = 10;

/**
 * Joins an IDX file of images with its IDX file of labels.
 *
 * @throws InvalidRequest where either is not what it should be, or their counts differ.
 */
export function readLabelledImages(images: NamedBytes, labels: NamedBytes): LabelledImages {
  namedBytes(images, "the file of images");
  namedBytes(labels, "the file of labels");
  const [ofImages, ofLabels] = [headerOf("images", images), headerOf("labels", labels)];
  requireSameCount(ofImages, ofLabels);
  const { count, height, width } = ofImages;
  const pixels = images.bytes.subarray(headerBytes("images"));
  const data = labels.bytes.subarray(headerBytes("labels"));
  const classes = data.reduce((most, label) => Math.max(most, label + 1), DIGITS);
  return {
    count,
    height,
    width,
    ...(classes > DIGITS && { classes }),
    pixels,
    labels: data,
    ...(images.part && { held: images.part.held }),
  };
}

/** Images of IDX files for training and for tests, with what their classes stand for where that is not their number. */
export interface IdxSets {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly values?: readonly number[];
}

/**
 * Joins the four IDX files of a data set. Where no label is above 9 there are ten classes; else the classes are the labels that occur,
 * in their order.
 *
 * @throws InvalidRequest as `readLabelledImages`
 */
export function readIdxSets(files: readonly NamedBytes[]): IdxSets {
  const [trainImages, trainLabels, testImages, testLabels] = files;
  if (!trainImages || !trainLabels || !testImages || !testLabels)
    throw new InvalidRequest(
      "a data set of IDX files has four: images and labels to train on, images and labels to test on",
    );
  const [train, test] = [readLabelledImages(trainImages, trainLabels), readLabelledImages(testImages, testLabels)];
  const values = [...new Set([...new Set(train.labels), ...new Set(test.labels)])].sort((one, other) => one - other);
  if ((values.at(-1) ?? 0) < DIGITS) return { train, test };
  const numbers = new Map(values.map((value, number) => [value, number]));
  const numbered = (images: LabelledImages): LabelledImages => ({
    ...images,
    classes: values.length,
    labels: Uint8Array.from(images.labels, (label: number) => numbers.get(label) as number),
  });
  return { train: numbered(train), test: numbered(test), values };
}

const headerOf = (kind: IdxKind, { name, bytes, part }: NamedBytes): IdxHeader =>
  readIdxHeader(kind, name, bytes, part?.length ?? bytes.length);

const hex = (magic: number): string => `0x${magic.toString(16).padStart(8, "0")}`;
