import { readIdxSets } from "../../core/data/idx.js";
import { decodeIdx } from "../../core/data/idx-array.js";
import type { CountedImages, CountedSets, ImageSets } from "../../core/data/pools.js";
import type { DatasetMeaning } from "../../core/training/job.js";
import type { SiteImages, SiteManifest, SplitName } from "../../site/site-manifest.js";

/** A file that was fetched and checked. */
interface LoadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A site's images, and what their classes mean. */
export interface SiteSets {
  readonly sets: ImageSets;
  readonly meaning: DatasetMeaning;
}

/**
 * A site's images, from its files.
 *
 * @throws Error where the files are not what `site.json` says
 */
export function imageSets({ images }: SiteManifest["dataset"], files: readonly LoadedFile[]): SiteSets {
  if (!images) {
    const { train, test, values } = readIdxSets(files);
    return { sets: { train, test }, meaning: { ...(values && { values }) } };
  }
  const { names, values, background, fit } = images;
  const parts = new Map(images.splits.map(({ name }, i) => [name, splitOf(images, files[2 * i], files[2 * i + 1])]));
  return {
    sets: setsOf(parts),
    meaning: {
      ...{ ...(values && { values }), ...(names && { classes: names }) },
      ...{ ...(fit && { fit }), ...(background && { background }) },
    },
  };
}

type LabelledImages = ImageSets["train"];

function setsOf(parts: ReadonlyMap<SplitName, LabelledImages>): ImageSets {
  const [all, train, test, validation] = (["all", "train", "test", "validation"] as const).map((name) =>
    parts.get(name),
  );
  if (all) return { train: all, test: all, unsplit: true };
  if (!train || !test) throw new Error("site.json must name images to train on, and images to test on");
  return { train, test, ...(validation && { validation }) };
}

function splitOf(images: SiteImages, pixelFile?: LoadedFile, labelFile?: LoadedFile): LabelledImages {
  if (!pixelFile || !labelFile) throw new Error("site.json must name images and labels of each split");
  const { height, width, channels, classes, pooling, background } = images;
  const { sizes, data: pixels } = decodeIdx(pixelFile.name, pixelFile.bytes);
  const { sizes: labelled, data: labels } = decodeIdx(labelFile.name, labelFile.bytes);
  const [count = 0] = labelled;
  if (sizes.join() !== [count, channels, height, width].join() || labelled.length !== 1)
    throw new Error(`${pixelFile.name} has other images than site.json says`);
  const stray = labels.findIndex((label: number) => label >= classes);
  if (stray >= 0)
    throw new Error(`${labelFile.name}: label ${stray} is ${labels[stray]}, but there are ${classes} classes`);
  return { count, height, width, channels, classes, pooling, pixels, labels, ...(background && { background }) };
}

/** The same without pixels: enough to say which pairs there are, and little to post. */
export function countedSets({ train, test, validation, unsplit }: ImageSets): CountedSets<CountedImages> {
  const counted = ({ pixels: _, held: __, ...images }: LabelledImages): CountedImages => ({
    ...images,
    labels: images.labels.slice(),
  });
  const all = counted(train);
  if (unsplit) return { train: all, test: all, unsplit };
  return { train: all, test: counted(test), ...(validation && { validation: counted(validation) }) };
}
