import { createHash } from "node:crypto";
import { constants } from "node:zlib";
import { samplePairSet } from "../../core/data/pairs.js";
import { DEFAULT_PAIRS } from "../../core/data/pools.js";
import { encodeQuarters, transposed } from "../../site/first-pairs.js";
import type { SiteFirst } from "../../site/site-manifest.js";
import type { Dataset } from "../data/dataset.js";
import { gzipped } from "./gzipped.js";

/** The page's own seed, where its address names none. */
const SEED = 0;
const NAME = "first-pairs";
/** Of zlib: the file is small, and it is what a first visitor waits for. */
const SMALLEST = 9;
/** The largest part of the data set's own files that it is worth fetching before them. */
const WORTH = 1 / 4;

/** The file with the images of a seed's pairs. */
export interface ZippedFirst {
  readonly file: SiteFirst;
  /** The gzip file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The images of the pairs that the page begins with, as networks see them.
 *
 * @param dataset  of four IDX files, whose pixels are bytes that networks see 2×2-pooled
 * @param all  bytes of those files, gzipped
 * @returns undefined where there are too few images for these pairs, or the files are not much larger
 */
export async function firstPairs(
  dataset: Pick<Dataset, "train" | "test">,
  all: number,
): Promise<ZippedFirst | undefined> {
  const { train, test } = dataset;
  const pairs = DEFAULT_PAIRS;
  if (Math.min(train.count, test.count) < 2 * pairs) return undefined;
  const drawn = samplePairSet({ train, test }, SEED, { trainPairs: pairs, testPairs: pairs });
  const { height, width } = drawn.train;
  const pixels = [drawn.train, drawn.test].flatMap(({ images }) => Array.from(images, (pixel) => 4 * pixel));
  const whole = encodeQuarters(transposed(Uint16Array.from(pixels), height * width));
  const bytes = await gzipped(whole, SMALLEST, constants.Z_RLE);
  if (bytes.length > WORTH * all) return undefined;
  const sha256 = createHash("sha256").update(whole).digest("hex");
  const file = { name: NAME, path: `data/${NAME}.gz`, bytes: bytes.length, size: whole.length, sha256 };
  return { file: { ...file, seed: SEED, trainPairs: pairs, testPairs: pairs, height, width }, bytes };
}
