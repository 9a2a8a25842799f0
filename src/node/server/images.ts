import { createHash } from "node:crypto";
import { constants } from "node:zlib";
import { MOST_BYTES } from "../../core/data/idx.js";
import { encodeIdx, type IdxArray, idxLength } from "../../core/data/idx-array.js";
import { type ImageOptions, imageOptionTexts } from "../../core/data/image-options.js";
import type { LabelledImages } from "../../core/data/images.js";
import { InvalidRequest } from "../../core/errors.js";
import type { DatasetIdentity, DatasetMeaning } from "../../core/training/job.js";
import {
  LISTED_PARTS,
  type ListedRelation,
  type SiteFile,
  type SiteImages,
  type SiteManifest,
  type SplitName,
} from "../../site/site-manifest.js";
import { type Dataset, datasetOf } from "../data/dataset.js";
import { isEmnist } from "../data/emnist.js";
import { type DataFile, packagedFiles, readDataFiles } from "../data/files.js";
import { idxIn } from "../data/idx-names.js";
import { type DatasetOptions, loadDataset } from "../data/load-dataset.js";
import { packageVersion } from "../version.js";
import { firstPairs, type ZippedFirst } from "./first-pairs.js";
import { gzipped } from "./gzipped.js";

/** An IDX file as the page fetches it. */
export interface ZippedFile {
  readonly file: SiteFile;
  /** The gzip file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A data set as it is served. */
export interface ServedImages {
  readonly identity: DatasetIdentity & DatasetMeaning;
  /** Of images that are not MNIST's four files or like them. */
  readonly described?: SiteImages;
  /** Gzipped in the background. */
  readonly files: Promise<readonly ZippedFile[]>;
  /** The images that the page begins with, where it need not wait for all. */
  readonly first?: Promise<ZippedFirst | undefined>;
}

/**
 * Reads a data set for the page. Only what is gzipped is kept.
 *
 * @param level  zlib's
 * @throws InvalidRequest as `loadDataset`, and where images take more than the page reads
 */
export async function serveImages(
  path: string | undefined,
  { onProgress, ...asked }: DatasetOptions,
  level: number,
): Promise<ServedImages> {
  const place = path === undefined ? packagedFiles() : idxIn(path);
  const isAsked = Object.values(asked).some((value) => value !== undefined);
  // EMNIST's files are not its images: those are turned.
  if (place && !isAsked && !isEmnist(place)) {
    const files = await readDataFiles(place);
    const dataset = datasetOf(files, path);
    if (!dataset.identity.values) return plainImages(dataset, files, level);
    return describedImages(dataset, asked, level);
  }
  return describedImages(await loadDataset(path, { ...asked, ...(onProgress && { onProgress }) }), asked, level);
}

function plainImages(dataset: Dataset, files: readonly DataFile[], level: number): ServedImages {
  const zipped = zipImages(files, level);
  const first = zipped.then((all) => firstPairs(dataset, bytesOf(all)));
  // A request for the manifest reports the error.
  first.catch(() => {});
  return { identity: dataset.identity, files: zipped, first };
}

function describedImages(dataset: Dataset, asked: ImageOptions, level: number): ServedImages {
  const { identity, train, test, validation, unsplit, listed } = dataset;
  // A list's pairs are in parts; its images are not.
  const splits: (readonly [SplitName, LabelledImages])[] =
    unsplit || listed
      ? [["all", train]]
      : [["train", train], ["test", test], ...(validation ? [["validation", validation] as const] : [])];
  const { height, width, channels = 1, classes = 10, pooling = 2, pixels } = train;
  for (const [name, { count }] of splits) requireRoom(name, [count, channels, height, width], pixels);
  const { classes: names, values, background, fit } = identity;
  const options = imageOptionTexts(asked);
  const listedFields = listed &&
    identity.listed && {
      listed: {
        relation: identity.listed.relation as ListedRelation,
        share: identity.listed.share,
        pairs: {
          training: listed.training.targets.length,
          validation: listed.validation.targets.length,
          test: listed.test.targets.length,
        },
      },
    };
  const described: SiteImages = {
    sha256: identity.sha256,
    ...{ height, width, channels: channels === 3 ? 3 : 1, bits: pixels.BYTES_PER_ELEMENT === 2 ? 16 : 8 },
    ...{ pooling, classes, ...(names && { names }), ...(values && { values }) },
    ...{ ...(background && { background }), ...(fit && { fit }), ...(options.length > 0 && { options }) },
    splits: splits.map(([name, { count }]) => ({ name, count })),
    ...listedFields,
  };
  return { identity, described, files: zipAll(splits, listed, level) };
}

function requireRoom(split: SplitName, sizes: readonly number[], { BYTES_PER_ELEMENT }: LabelledImages["pixels"]) {
  const length = idxLength(sizes, BYTES_PER_ELEMENT === 2 ? 2 : 1);
  if (length > MOST_BYTES)
    throw new InvalidRequest(
      `the ${split} images take ${length} bytes (${sizes.join("×")}), and the page reads ${MOST_BYTES} at most: give it fewer images, or smaller ones with --size`,
    );
}

/** One array after the other: each is copied to be gzipped. */
async function zipAll(
  splits: readonly (readonly [SplitName, LabelledImages])[],
  listed: Dataset["listed"],
  level: number,
): Promise<ZippedFile[]> {
  const arrays: (readonly [SiteFile["role"], IdxArray])[] = splits.flatMap(
    ([split, { count, channels = 1, height, width, pixels, labels }]) => [
      [`${split} images`, { sizes: [count, channels, height, width], data: pixels }] as const,
      [`${split} labels`, { sizes: [count], data: labels }] as const,
    ],
  );
  if (listed) arrays.push(["listed pairs", arrayOf(listed)]);
  const zipped: ZippedFile[] = [];
  for (const [role, array] of arrays) {
    const bytes = encodeIdx(array);
    const name = `${role.replace(" ", "-")}.idx${array.sizes.length}`;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    zipped.push(await zip({ role, name, size: bytes.length, sha256 }, bytes, level));
  }
  return zipped;
}

/** `[pairs, 3]`: the two images of each, and its answer. */
function arrayOf(listed: NonNullable<Dataset["listed"]>): IdxArray {
  const count = LISTED_PARTS.reduce((sum, part) => sum + listed[part].targets.length, 0);
  const data = new Uint32Array(3 * count);
  let at = 0;
  for (const { images, targets } of LISTED_PARTS.map((part) => listed[part]))
    targets.forEach((target, pair) => {
      data.set([images[2 * pair] as number, images[2 * pair + 1] as number, target], 3 * at++);
    });
  return { sizes: [count, 3], data };
}

/**
 * Gzips data files, each beside the others and off this thread.
 *
 * @param level  zlib's, from 1 (fastest) to 9 (smallest)
 */
export function zipImages(files: readonly DataFile[], level: number): Promise<ZippedFile[]> {
  return Promise.all(
    files.map(({ role, name, size, bytes, actualSha256: sha256 }) => zip({ role, name, size, sha256 }, bytes, level)),
  );
}

async function zip(
  { role, name, size, sha256 }: Omit<SiteFile, "path" | "bytes">,
  bytes: Uint8Array,
  level: number,
): Promise<ZippedFile> {
  // Labels have no order in which gzip could find anything: a code for each class is all that shortens them.
  const zipped = await gzipped(bytes, level, role.endsWith("labels") ? constants.Z_HUFFMAN_ONLY : undefined);
  return { file: { role, name, path: `data/${name}.gz`, bytes: zipped.length, size, sha256 }, bytes: zipped };
}

/** What files take, gzipped. */
export const bytesOf = (files: readonly ZippedFile[]): number => files.reduce((sum, { file }) => sum + file.bytes, 0);

/** What a project gives the page beside its images. */
export type ServedProject = Pick<SiteManifest, "architectures" | "relation" | "network">;

/**
 * @param runs  where the run store is served; null if there is none
 * @param first  the images that the page begins with
 */
export const siteManifest = (
  name: string,
  files: readonly ZippedFile[],
  runs: string | null,
  images?: SiteImages,
  project: ServedProject = {},
  first?: ZippedFirst,
): SiteManifest => ({
  version: packageVersion(),
  dataset: {
    name,
    files: files.map(({ file }) => file),
    ...(images && { images }),
    ...(first && { first: first.file }),
  },
  ...project,
  runs,
});
