import { classCounts } from "../../core/data/drawing.js";
import { inputOf, type LabelledImages } from "../../core/data/images.js";
import { seenImage } from "../../core/data/seen-image.js";
import { className } from "../../core/training/job.js";
import { type Copies, copiesIn } from "./copies.js";
import type { Dataset } from "./dataset.js";
import { imageGrid } from "./image-grid.js";
import { isOfPictures, type Part, partsOf } from "./parts.js";

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
  readonly duplicates: Copies;
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
    duplicates: copiesIn(dataset),
  };
}

const pairsOf = (listed: NonNullable<Dataset["listed"]>) =>
  Object.entries(listed).map(([name, { targets }]) => ({
    ...{ name, pairs: targets.length },
    yes: targets.reduce((sum, target) => sum + target, 0),
  }));

/** Classes and images of each that a contact sheet shows at most. */
const SHEET = { rows: 24, columns: 16 };

/**
 * A picture of a data set as networks see it, a class a row, enlarged where images are small; of one without classes the first images.
 *
 * @returns a PNG file
 */
export async function contactSheet(dataset: Dataset): Promise<Uint8Array> {
  const parts = partsOf(dataset);
  const { height, width, channels, classes } = inputOf(dataset.train);
  const rows = classes > 0 ? rowsOfClasses(parts, classes) : rowsOfAll(parts);
  return imageGrid(rows, { height, width, channels });
}

const rowsOfClasses = (parts: readonly Part[], classes: number): Float32Array[][] => {
  const count = Math.min(classes, SHEET.rows);
  return Array.from({ length: count }, (_, row) => {
    // Of many classes some, evenly spread.
    const label = Math.floor((row * classes) / count);
    return parts.flatMap(({ images }) => imagesOf(images, label, SHEET.columns)).slice(0, SHEET.columns);
  });
};

function rowsOfAll(parts: readonly Part[]): Float32Array[][] {
  const { rows, columns } = SHEET;
  const shown = parts.flatMap(({ images }) => imagesOf(images, 0, rows * columns)).slice(0, rows * columns);
  return Array.from({ length: Math.ceil(shown.length / columns) }, (_, row) =>
    shown.slice(row * columns, (row + 1) * columns),
  );
}

/** The first images of a class, as networks see them but with their background: [channels, height, width], 0–255. */
function imagesOf(images: LabelledImages, label: number, most: number): Float32Array[] {
  const found: Float32Array[] = [];
  for (let image = 0; image < images.count && found.length < most; image++)
    if (images.labels[image] === label) found.push(seenImage(images, image));
  return found;
}
