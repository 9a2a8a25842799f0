import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { within } from "../checks.js";
import { SEEDS } from "../limits.js";

/** A source of chance. Each has a stream of its own, so that a change in the use of one does not change the others. */
export type Chance =
  | "training pairs"
  | "test pairs"
  | "validation pairs"
  | "initialization"
  | "batch order"
  | "dropout"
  | "bootstrap"
  | "sign flips"
  | "tuning"
  | "augmentation"
  | "pairing"
  | "partners"
  | "search"
  | "class split"
  | "image split"
  | "episodes"
  | "variance";

/**
 * The random stream of one source of chance under one seed: xoroshiro128+ started from SHA-256("pairlab/SOURCE/SEED"). The hash
 * makes streams of neighbouring seeds unrelated.
 */
export class Stream {
  readonly #generator: RandomGenerator;

  /** @throws InvalidRequest where the seed is not a whole number that JavaScript holds exactly, from 0 */
  constructor(seed: number, source: Chance) {
    within(SEEDS)(seed, "seed");
    const digest = sha256(utf8ToBytes(`pairlab/${source}/${seed}`));
    const words = new DataView(digest.buffer, digest.byteOffset, 16);
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => words.getInt32(at, true)));
  }

  /** A whole number from 0 to `bound` − 1, each equally likely. `bound` is a whole number of at least 1. */
  below(bound: number): number {
    return uniformInt(this.#generator, 0, bound - 1);
  }

  /** A multiple of 2⁻²⁴ in [0, 1). */
  unit(): number {
    return uniformFloat32(this.#generator);
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    return this.#generator.next() | 0;
  }

  /**
   * The first `count` elements of the numbers 0 … `size` − 1, shuffled uniformly (Fisher–Yates). A larger count gives the same
   * elements and more.
   *
   * @throws InvalidRequest where `count` is more than `size`
   */
  sample(count: number, size: number): Uint32Array {
    within({ least: 0, most: 2 ** 32 - 1, whole: true })(size, "size");
    within({ least: 0, most: size, whole: true })(count, "count");
    const items = new Uint32Array(size);
    for (let index = 0; index < size; index++) items[index] = index;
    for (let i = 0; i < count; i++) {
      const j = i + this.below(size - i);
      const swapped = items[j] as number;
      items[j] = items[i] as number;
      items[i] = swapped;
    }
    return items.subarray(0, count);
  }
}
