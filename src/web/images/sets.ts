import type { ListedPairs } from "../../core/data/drawing.js";
import { readIdxSets } from "../../core/data/idx.js";
import { decodeIdx } from "../../core/data/idx-array.js";
import type { CountedImages, CountedSets, ImageSets } from "../../core/data/pools.js";
import type { DatasetMeaning } from "../../core/training/job.js";
import {
  LISTED_PARTS,
  type ListedPart,
  type SiteImages,
  type SiteList,
  type SiteManifest,
  type SplitName,
} from "../../site/site-manifest.js";

/** A file that was fetched and checked. */
export interface LoadedFile {
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
  const { names, values, background, fit, listed } = images;
  const parts = new Map(images.splits.map(({ name }, i) => [name, splitOf(images, files[2 * i], files[2 * i + 1])]));
  return {
    sets: listed ? listOf(parts.get("all"), listed, files.at(-1)) : setsOf(parts),
    meaning: {
      ...{ ...(values && { values }), ...(names && { classes: names }) },
      ...{ ...(fit && { fit }), ...(background && { background }) },
      ...(listed && { listed: { relation: listed.relation, share: listed.share } }),
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

/** Images whose pairs are given, with these in their parts. */
function listOf(all: LabelledImages | undefined, { pairs }: SiteList, file?: LoadedFile): ImageSets {
  if (!all || !file) throw new Error("site.json must name the images of a list, and its pairs");
  const { sizes, data } = decodeIdx(file.name, file.bytes);
  const count = LISTED_PARTS.reduce((sum, part) => sum + pairs[part], 0);
  if (sizes.join() !== [count, 3].join()) throw new Error(`${file.name} has other pairs than site.json says`);
  const stray = data.findIndex((value: number, i: number) => value >= (i % 3 === 2 ? 2 : all.count));
  if (stray >= 0)
    throw new Error(
      `${file.name}: pair ${Math.floor(stray / 3)} has ${data[stray]}, but there are ${all.count} images and two answers`,
    );
  let from = 0;
  const parts = LISTED_PARTS.map((part): readonly [ListedPart, ListedPairs] => {
    const rows = data.subarray(3 * from, 3 * (from + pairs[part]));
    from += pairs[part];
    return [
      part,
      {
        images: Uint32Array.from(rows.filter((_: number, i: number) => i % 3 < 2)),
        targets: Uint8Array.from(rows.filter((_: number, i: number) => i % 3 === 2)),
      },
    ];
  });
  return { train: all, test: all, listed: Object.fromEntries(parts) as Record<ListedPart, ListedPairs> };
}

function splitOf(images: SiteImages, pixelFile?: LoadedFile, labelFile?: LoadedFile): LabelledImages {
  if (!pixelFile || !labelFile) throw new Error("site.json must name images and labels of each split");
  const { height, width, channels, classes, pooling, background } = images;
  const { sizes, data: pixels } = decodeIdx(pixelFile.name, pixelFile.bytes);
  const { sizes: labelled, data: labels } = decodeIdx(labelFile.name, labelFile.bytes);
  const [count = 0] = labelled;
  if (sizes.join() !== [count, channels, height, width].join() || labelled.length !== 1)
    throw new Error(`${pixelFile.name} has other images than site.json says`);
  if (pixels instanceof Uint32Array || labels instanceof Uint32Array)
    throw new Error(`${pixelFile.name} and ${labelFile.name} must have numbers of 8 or 16 bits`);
  const stray = labels.findIndex((label: number) => label >= Math.max(classes, 1));
  if (stray >= 0)
    throw new Error(`${labelFile.name}: label ${stray} is ${labels[stray]}, but there are ${classes} classes`);
  return { count, height, width, channels, classes, pooling, pixels, labels, ...(background && { background }) };
}

/** The same without pixels: enough to say which pairs there are, and little to post. */
export function countedSets({ train, test, validation, unsplit, listed }: ImageSets): CountedSets<CountedImages> {
  const counted = ({ pixels: _, held: __, ...images }: LabelledImages): CountedImages => ({
    ...images,
    labels: images.labels.slice(),
  });
  const all = counted(train);
  if (listed) return { train: all, test: all, listed };
  if (unsplit) return { train: all, test: all, unsplit };
  return { train: all, test: counted(test), ...(validation && { validation: counted(validation) }) };
}
