import { createHash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** What one input is made with: the same seed, part and number give the same input, whatever was tried before. */
export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number, part: string, index: number) {
    const digest = createHash("sha256").update(`${seed} ${part} ${index}`).digest();
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  }

  /** A whole number from 0, less than `count`. */
  below(count: number): number {
    return uniformInt(this.#generator, 0, count - 1);
  }

  chance(part: number): boolean {
    return this.below(1_000_000) < part * 1_000_000;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }

  /** From `least` to `most` of what `make` gives. */
  several<Value>(least: number, most: number, make: () => Value): Value[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}
