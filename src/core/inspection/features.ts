import { counting, listOf, numbers, oneOf, partly, text, within } from "../checks.js";
import { PassingPairs } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { TrainedNetwork } from "../training/index.js";
import type { RunConfig } from "../training/job.js";
import { checkTrained } from "./check-trained.js";
import { type NamedPicture, picturePairs } from "./picture-pairs.js";

/** What a trunk makes of images: a row of numbers for each. */
export interface Features {
  readonly count: number;
  /** Numbers in a row. */
  readonly width: number;
  /** [count, width] */
  readonly rows: Float32Array;
}

const CONFIG = partly({ dataset: partly({ name: text, sha256: text }) });
const PICTURE = partly({ name: text, picture: partly({}) });
const FEATURES = partly({ count: within({ least: 0, most: 2 ** 31, whole: true }), width: counting, rows: numbers() });

/** Pictures whose pixels are in the kernels' memory at once. */
const BATCH = 1000;

/**
 * What a run's trunk makes of pictures, which its head compares: after training with `matching`, pictures that match have features that
 * are alike. With views it is the mean over them, where the head sees that.
 *
 * @param trunk  of a network with separate trunks: the one of which image; else all images go through the same
 * @throws InvalidRequest where the network has no trunk, or as `seenPicture`
 */
export function pictureFeatures(
  network: TrainedNetwork,
  config: Pick<RunConfig, "dataset">,
  pictures: readonly NamedPicture[],
  trunk: "first" | "second" = "first",
): Features {
  checkTrained(network, "network");
  CONFIG(config, "config");
  listOf(PICTURE)(pictures, "pictures");
  oneOf(["first", "second"])(trunk, "trunk");
  const { model, scale } = network;
  const { trunks, separate } = model.network;
  const last = trunks[0]?.at(-1);
  if (!last)
    throw new InvalidRequest("the network has no trunk, so an image by itself has no features: its head sees both");
  const { height, width: across, channels } = last.output;
  const width = height * across * channels;
  const rows = new Float32Array(pictures.length * width);
  const side = separate && trunk === "second" ? 1 : 0;
  for (let start = 0; start < pictures.length; start += BATCH) {
    const some = pictures.slice(start, start + BATCH);
    // Each is paired with itself, so that either trunk sees it.
    const pairs = picturePairs(
      config,
      some.map((picture) => [picture, picture]),
    );
    const { features = new Float32Array() } = model.outputs(new PassingPairs(pairs, scale));
    some.forEach((_, i) => {
      const from = (2 * i + side) * width;
      rows.set(features.subarray(from, from + width), (start + i) * width);
    });
  }
  return { count: pictures.length, width, rows };
}

/** A row and how alike it is to another. */
export interface Neighbour {
  readonly index: number;
  /** The cosine of the angle between both rows: 1 where they point the same way, 0 where they have nothing in common. */
  readonly similarity: number;
}

/**
 * The rows that are most alike to one of them, by cosine similarity; of equal ones the earlier first. A row of zeros is like none.
 *
 * @throws InvalidRequest where there is no such row
 */
export function nearestNeighbours(features: Features, to: number, most: number): Neighbour[] {
  FEATURES(features, "features");
  counting(most, "most");
  const { count, width, rows } = features;
  if (rows.length !== count * width)
    throw new InvalidRequest(`features.rows has ${rows.length} numbers, not count × width = ${count * width}`);
  if (!(Number.isInteger(to) && to >= 0 && to < count))
    throw new InvalidRequest(`there are ${count} rows: ${to} is none of 0 to ${count - 1}`);
  const dot = (one: number, other: number) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (rows[one * width + i] as number) * (rows[other * width + i] as number);
    return sum;
  };
  const own = Math.sqrt(dot(to, to));
  return Array.from({ length: count }, (_, index) => {
    const norms = own * Math.sqrt(dot(index, index));
    return { index, similarity: norms > 0 ? Math.max(-1, Math.min(1, dot(to, index) / norms)) : 0 };
  })
    .filter(({ index }) => index !== to)
    .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
    .slice(0, most);
}
