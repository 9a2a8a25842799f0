import type { ImageSets } from "../data/index.js";
import { trainedImages } from "../data/pools.js";
import { seenImage } from "../data/seen-image.js";
import type { RunRecord } from "../training/index.js";
import { pairRulesOf } from "../training/job.js";
import type { PairsToMeasure } from "./measure-run.js";

/**
 * A run's own pairs, with how many of them have an image whose pixels an image has that the run trained on.
 *
 * @param images  the run's, all of which are held
 */
export function withSeenPairs(
  pairs: PairsToMeasure,
  images: ImageSets,
  { seed, config }: Pick<RunRecord, "seed" | "config">,
): PairsToMeasure {
  const { testImages } = pairs;
  if (!testImages) return pairs;
  const trained = new PixelSet();
  for (const image of trainedImages(images, seed, pairRulesOf(config))) trained.add(seenImage(images.train, image));
  const known = new Map<number, boolean>();
  const isSeen = (image: number): boolean => {
    const seen = known.get(image) ?? trained.has(seenImage(images.test, image));
    known.set(image, seen);
    return seen;
  };
  let seenPairs = 0;
  for (let i = 0; i < testImages.length; i += 2)
    if (isSeen(testImages[i] as number) || isSeen(testImages[i + 1] as number)) seenPairs++;
  return { ...pairs, seenPairs };
}

/** Images as networks see them, each found by its pixels' bits. */
class PixelSet {
  /** By a sum over their bits, which different images may share. */
  readonly #alike = new Map<number, Uint32Array[]>();

  add(pixels: Float32Array): void {
    const bits = bitsOf(pixels);
    const key = checksum(bits);
    const alike = this.#alike.get(key);
    if (alike) alike.push(bits);
    else this.#alike.set(key, [bits]);
  }

  has(pixels: Float32Array): boolean {
    const bits = bitsOf(pixels);
    const alike = this.#alike.get(checksum(bits)) ?? [];
    return alike.some((other) => other.length === bits.length && other.every((word, i) => word === bits[i]));
  }
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array) => new Uint32Array(buffer, byteOffset, length);

/** FNV-1a over words. The low bits of a pixel's float are mostly 0, so its high ones are added to them. */
function checksum(words: Uint32Array): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    sum = Math.imul(sum ^ word ^ (word >>> 16), 0x01000193);
  }
  return sum;
}
