import type { KernelSpace, Pointer } from "../kernels.js";
import type { Logits } from "../logits.js";
import type { Part } from "../parts.js";
import type { LoadedPairs } from "./loaded-pairs.js";
import type { PairInput, Shift } from "./pair-input.js";
import type { PassingPairs } from "./passing-pairs.js";

const SHIFTS: readonly Shift[] = [
  { down: -1, right: 0 },
  { down: 1, right: 0 },
  { down: 0, right: -1 },
  { down: 0, right: 1 },
];
/** The image counts twice as much as one of its shifts. */
const OWN_WEIGHT = 1 / 3;
const SHIFT_WEIGHT = 1 / 6;

/** Runs the trunk on images and on their shifts, and averages its digit logits. */
export class ShiftedViews {
  readonly #kernels: KernelSpace;
  readonly #input: PairInput;
  readonly #trunk: Part;
  readonly #digits: Logits;
  /** The weighted mean of the logits, laid out like them. */
  readonly #means: Pointer;

  /** @param batchSize  the most pairs in a batch */
  constructor(kernels: KernelSpace, input: PairInput, trunk: Part, digits: Logits, batchSize: number) {
    this.#kernels = kernels;
    this.#input = input;
    this.#trunk = trunk;
    this.#digits = digits;
    this.#means = kernels.allocate(2 * batchSize * digits.size);
  }

  /** Replaces the digit logits by their mean over all views. Call it after the trunk has seen the unshifted batch. */
  look(pairs: LoadedPairs | PassingPairs, batch: ArrayLike<number>): void {
    const { values, size } = this.#digits;
    const { run } = this.#kernels;
    const count = 2 * batch.length * size;
    this.#kernels.floats(this.#means, count).fill(0);
    run.addScaled(this.#means, values, count, OWN_WEIGHT);
    for (const shift of SHIFTS) {
      this.#input.beginShifted(pairs, batch, shift);
      this.#trunk.forward(batch.length, false);
      run.addScaled(this.#means, values, count, SHIFT_WEIGHT);
    }
    this.#kernels.copy(this.#means, values, count);
  }
}
