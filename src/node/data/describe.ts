import { createHash } from "node:crypto";
import { classCounts } from "../../core/data/drawing.js";
import { inputOf, type LabelledImages } from "../../core/data/images.js";
import { className } from "../../core/training/job.js";
import type { Dataset } from "./dataset.js";
import { imageGrid } from "./image-grid.js";
import type { PictureDataset } from "./pictures/load.js";

/** What a data set was understood to be. */
export interface DatasetDescription {
  readonly name: string;
  readonly sha256: string;
  readonly layout: string;
  /** Files that are no images by their names, or that no list names. */
  readonly passedOver: number;
  /** Of what networks see. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly fit?: string;
  /** 0–255 of each channel. */
  readonly background: readonly number[];
  readonly splits: readonly { readonly name: string; readonly images: number }[];
  /** Of a list of pairs: how many each part has, and how many of those have the answer yes. */
  readonly pairs?: readonly { readonly name: string; readonly pairs: number; readonly yes: number }[];
  /** Of a list of pairs: those that are in no part, for their images are in two. */
  readonly dropped?: number;
  /** In the order of their numbers, with how many images each split has of them. */
  readonly classes: readonly { readonly name: string; readonly value?: number; readonly images: readonly number[] }[];
  /** Images whose pixels another image has, too. */
  readonly duplicates: {
    readonly inOneSplit: number;
    readonly acrossSplits: number;
    readonly betweenClasses: number;
    /** The first two across splits, or else between classes, where it is known which files they are. */
    readonly example?: readonly [string, string];
  };
}

interface Part {
  readonly name: string;
  readonly images: LabelledImages;
  readonly files?: readonly string[] | undefined;
}

const isOfPictures = (dataset: Dataset): dataset is PictureDataset => "about" in dataset;

function partsOf(dataset: Dataset): Part[] {
  const files = isOfPictures(dataset) ? dataset.files : undefined;
  const { train, test, validation, unsplit, listed } = dataset;
  if (unsplit || listed) return [{ name: "all", images: train, files: files?.all }];
  return [
    { name: "train", images: train, files: files?.train },
    { name: "test", images: test, files: files?.test },
    ...(validation ? [{ name: "validation", images: validation, files: files?.validation }] : []),
  ];
}

/** Describes a data set, all of whose images are held. */
export function describeDataset(dataset: Dataset): DatasetDescription {
  const { identity } = dataset;
  const parts = partsOf(dataset);
  const { height, width, channels, classes } = inputOf(dataset.train);
  const counts = parts.map(({ images }) => classCounts(images));
  const about = isOfPictures(dataset) ? dataset.about : undefined;
  return {
    name: identity.name,
    sha256: identity.sha256,
    layout: about?.layout ?? "IDX files",
    passedOver: about?.passedOver ?? 0,
    ...{ height, width, channels, ...(identity.fit && { fit: identity.fit }) },
    background: identity.background ?? new Array(channels).fill(0),
    ...(dataset.listed && { pairs: pairsOf(dataset.listed) }),
    ...("dropped" in dataset && { dropped: dataset.dropped as number }),
    splits: parts.map(({ name, images }) => ({ name, images: images.count })),
    classes: Array.from({ length: classes }, (_, number) => ({
      name: className(identity, number),
      ...(identity.values && { value: identity.values[number] as number }),
      images: counts.map((count) => count[number] as number),
    })),
    duplicates: duplicatesIn(parts),
  };
}

const pairsOf = (listed: NonNullable<Dataset["listed"]>) =>
  Object.entries(listed).map(([name, { targets }]) => ({
    ...{ name, pairs: targets.length },
    yes: targets.reduce((sum, target) => sum + target, 0),
  }));

function duplicatesIn(parts: readonly Part[]): DatasetDescription["duplicates"] {
  const first = new Map<string, { readonly part: Part; readonly image: number }>();
  let [inOneSplit, acrossSplits, betweenClasses] = [0, 0, 0];
  let example: [string, string] | undefined;
  let exampleOf: "splits" | "classes" | undefined;
  for (const part of parts) {
    const { images } = part;
    const length = images.pixels.length / images.count;
    for (let image = 0; image < images.count; image++) {
      const pixels = images.pixels.subarray(image * length, (image + 1) * length);
      const digest = createHash("sha256").update(pixels).digest("base64");
      const other = first.get(digest);
      if (!other) {
        first.set(digest, { part, image });
        continue;
      }
      const isAcross = other.part !== part;
      const isBetween = other.part.images.labels[other.image] !== images.labels[image];
      if (isAcross) acrossSplits++;
      else inOneSplit++;
      if (isBetween) betweenClasses++;
      const [one, two] = [other.part.files?.[other.image], part.files?.[image]];
      const kind = isAcross ? "splits" : isBetween ? "classes" : undefined;
      if (one && two && kind && (!exampleOf || (exampleOf === "classes" && kind === "splits"))) {
        [example, exampleOf] = [[one, two], kind];
      }
    }
  }
  return { inOneSplit, acrossSplits, betweenClasses, ...(example && { example }) };
}

/** Classes and images of each that a contact sheet shows at most. */
const SHEET = { rows: 24, columns: 16 };

/**
 * A picture of a data set as networks see it, a class a row, enlarged where images are small.
 *
 * @returns a PNG file
 */
export async function contactSheet(dataset: Dataset): Promise<Uint8Array> {
  const parts = partsOf(dataset);
  const { height, width, channels, classes } = inputOf(dataset.train);
  const count = Math.min(classes, SHEET.rows);
  const rows = Array.from({ length: count }, (_, row) => {
    // Of many classes some, evenly spread.
    const label = Math.floor((row * classes) / count);
    return parts.flatMap(({ images }) => imagesOf(images, label, SHEET.columns)).slice(0, SHEET.columns);
  });
  return imageGrid(rows, { height, width, channels });
}

/** The first images of a class, as networks see them but with their background: [channels, height, width], 0–255. */
function imagesOf(images: LabelledImages, label: number, most: number): Float32Array[] {
  const found: Float32Array[] = [];
  for (let image = 0; image < images.count && found.length < most; image++)
    if (images.labels[image] === label) found.push(seenImage(images, image));
  return found;
}

function seenImage(images: LabelledImages, image: number): Float32Array {
  const { channels = 1, pixels, pooling = 2 } = images;
  const { height, width } = inputOf(images);
  const seen = new Float32Array(channels * height * width);
  const unit = pixels.BYTES_PER_ELEMENT === 2 ? 256 : 1;
  const stored = images.height * images.width;
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let down = 0; down < pooling; down++)
          for (let right = 0; right < pooling; right++) {
            const at = (y * pooling + down) * images.width + x * pooling + right;
            sum += pixels[(image * channels + channel) * stored + at] as number;
          }
        seen[channel * height * width + y * width + x] = sum / (unit * pooling ** 2);
      }
  return seen;
}
