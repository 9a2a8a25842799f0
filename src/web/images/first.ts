import { decodeIdx } from "../../core/data/idx-array.js";
import { chooseImages, drawPairs, type ImageSets } from "../../core/data/pools.js";
import type { Job } from "../../core/index.js";
import { pairRulesOf } from "../../core/training/job.js";
import { decodeQuarters, transposed } from "../../site/first-pairs.js";
import type { SiteFirst } from "../../site/site-manifest.js";
import type { LoadedFile } from "./sets.js";

/** Pixels of 16 bits are in 256ths. */
const QUARTER = 256 / 4;

/**
 * A site's images, of which only those of the first pairs have pixels. All labels are there, so every pair can be counted.
 *
 * @throws Error where the files are not what `site.json` says
 */
export function firstSets(first: SiteFirst, file: LoadedFile, labels: Readonly<Record<Part, LoadedFile>>): ImageSets {
  const { height, width, trainPairs, testPairs, seed } = first;
  const size = height * width;
  const images = 2 * (trainPairs + testPairs);
  const quarters = decodeQuarters(file.bytes, images * size);
  if (!quarters) throw new Error(`${file.name} has other images than site.json says`);
  const pixels = transposed(quarters, images).map((each) => QUARTER * each);
  const part = (which: "training" | "test", labelled: LoadedFile, own: Uint16Array): ImageSets["train"] => {
    const { data } = decodeIdx(labelled.name, labelled.bytes);
    if (!(data instanceof Uint8Array)) throw new Error(`${labelled.name} must have numbers of 8 bits`);
    const held = drawPairs(which, seed, data.length, { trainPairs, testPairs });
    return { count: data.length, height, width, pooling: 1, pixels: own, labels: data, held };
  };
  const tested = 2 * trainPairs * size;
  return {
    train: part("training", labels.train, pixels.subarray(0, tested)),
    test: part("test", labels.test, pixels.subarray(tested)),
  };
}

type Part = "train" | "test";

/**
 * Whether all images of a run's pairs have pixels.
 *
 * @throws InvalidRequest where there are too few images for the pairs
 */
export function hasPairsOf({ seed, config }: Pick<Job, "seed" | "config">, images: ImageSets): boolean {
  const { training, measured } = chooseImages(images, seed, pairRulesOf(config));
  return isHeld(training, images.train) && isHeld(measured.numbers, measured.from);
}

function isHeld(numbers: Uint32Array, { held }: ImageSets["train"]): boolean {
  if (!held) return true;
  const there = new Set(held);
  return numbers.every((image) => there.has(image));
}
