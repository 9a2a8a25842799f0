import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { within } from "../checks.js";
import { SEEDS } from "../limits.js";

/** A source of chance. Each has a stream of its own, so that changing how one is used leaves the others as they were. */
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
  | "episodes";

/**
 * The random stream of one source of chance under one seed: xoroshiro128+ started from SHA-256("pairlab/SOURCE/SEED"),
 * so that streams of neighbouring seeds have nothing in common.
 */
export class Stream {
  readonly #generator: RandomGenerator;

  /** @throws InvalidRequest where the seed is none */
  constructor(seed: number, source: Chance) {
    within(SEEDS)(seed, "seed");
    const digest = sha256(utf8ToBytes(`pairlab/${source}/${seed}`));
    const words = new DataView(digest.buffer, digest.byteOffset, 16);
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => words.getInt32(at, true)));
  }

  /** A whole number from 0 to `bound` − 1, each equally likely; `bound` is one, 1 at least. */
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
   * The first `count` elements of a uniformly shuffled 0 … `size` − 1 (Fisher–Yates). A larger count only adds to it.
   *
   * @throws InvalidRequest where there are not so many
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
