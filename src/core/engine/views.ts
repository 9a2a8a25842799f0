import type { Kernels, Pointer } from "./kernels.js";
import type { Logits } from "./logits.js";
import type { LoadedPairs, PairInput, Shift } from "./pair-input.js";
import type { Part } from "./parts.js";

const SHIFTS: readonly Shift[] = [
  { down: -1, right: 0 },
  { down: 1, right: 0 },
  { down: 0, right: -1 },
  { down: 0, right: 1 },
];
/** The image counts twice as much as one of its shifts. */
const OWN_WEIGHT = 1 / 3;
const SHIFT_WEIGHT = 1 / 6;

/** Has the trunk look at images and at their shifts, and puts what it makes of them together. */
export class ShiftedViews {
  readonly #kernels: Kernels;
  readonly #input: PairInput;
  readonly #trunk: Part;
  readonly #digits: Logits;
  /** f64 [2 · pairs, classes]: the weighted mean of the softmaxes. */
  readonly #means: Pointer;

  /** @param batchSize  the most pairs in a batch */
  constructor(kernels: Kernels, input: PairInput, trunk: Part, digits: Logits, batchSize: number) {
    this.#kernels = kernels;
    this.#input = input;
    this.#trunk = trunk;
    this.#digits = digits;
    this.#means = kernels.allocate(4 * batchSize * digits.positions.length);
  }

  /** After the trunk has seen a batch as it is: replaces its digit logits by ln of the mean over all views. */
  look(pairs: LoadedPairs, batch: ArrayLike<number>): void {
    const { values, size, positions, columns } = this.#digits;
    const { run } = this.#kernels;
    const [rows, classes] = [2 * batch.length, positions.length];
    this.#kernels.floats(this.#means, 2 * rows * classes).fill(0);
    run.addSoftmax(values, rows, classes, size, columns, OWN_WEIGHT, this.#means);
    for (const shift of SHIFTS) {
      this.#input.beginShifted(pairs, batch, shift);
      this.#trunk.forward(batch.length, false);
      run.addSoftmax(values, rows, classes, size, columns, SHIFT_WEIGHT, this.#means);
    }
    run.logarithms(this.#means, rows, classes, size, columns, values);
  }
}
