import type { KernelSpace, Pointer } from "./kernels.js";
import { checkModel, type Model } from "./model.js";

/** The numbers that each fold adds into one. It leaves few sums to read, and chains of additions short enough to overlap. */
const ROWS = 24;
/** The least columns of a fold. */
const LANES = 4;

interface Piece {
  readonly values: Pointer;
  readonly count: number;
}

/** Adds ROWS pieces of `columns` numbers into one piece. */
interface Fold {
  readonly from: Pointer;
  readonly columns: number;
  readonly into: Pointer;
}

/**
 * Checks that a model's parameters and batch norm's running statistics are finite. It adds them, because a sum with NaN or infinity
 * in it is not finite. That takes 8 µs for 90,000 numbers. It looks at each number only where the sum is not finite.
 */
export class WeightWatch {
  readonly #model: Model;
  readonly #kernels: KernelSpace;
  readonly #folds: Fold[] = [];
  /** The numbers that no fold takes, and the sums that the last fold leaves. */
  readonly #rests: Piece[] = [];

  constructor(model: Model) {
    checkModel(model, "the model");
    this.#model = model;
    const { kernels, tensors } = model;
    this.#kernels = kernels;
    let [values, count] = [tensors.values, tensors.room];
    while (count >= ROWS * LANES) {
      const columns = LANES * Math.floor(count / (ROWS * LANES));
      const into = kernels.allocate(columns);
      this.#folds.push({ from: values, columns, into });
      this.#rests.push({ values: values + 4 * ROWS * columns, count: count - ROWS * columns });
      [values, count] = [into, columns];
    }
    this.#rests.push({ values, count }, ...tensors.buffers.map(({ values, room }) => ({ values, count: room })));
  }

  /** Whether every parameter and running statistic is finite. */
  allFinite(): boolean {
    if (this.#sumIsFinite()) return true;
    // Folds add to their sums from call to call, so a sum that is not finite would stay.
    for (const { into, columns } of this.#folds) this.#kernels.floats(into, columns).fill(0);
    // Large finite numbers may have an infinite sum, and padding is not a weight.
    return this.#model.state().every((tensor) => tensor.read(this.#kernels).every(Number.isFinite));
  }

  #sumIsFinite(): boolean {
    for (const { from, columns, into } of this.#folds) this.#kernels.run.columnSums(from, ROWS, columns, into);
    let sum = 0;
    for (const { values, count } of this.#rests) {
      const numbers = this.#kernels.floats(values, count);
      for (let i = 0; i < count; i++) sum += numbers[i] as number;
    }
    return Number.isFinite(sum);
  }
}
