import { type Activations, columnsOf } from "./activations.js";
import type { KernelSpace, Pointer } from "./kernels.js";

/** Activations that have a loss. */
export interface Logits extends Activations {
  /** i32 [classes]: `positions`, in the kernels' memory. */
  readonly columns: Pointer;
  /** i32 [rows]: the class of each row's largest logit, after `likeliest`. */
  readonly winners: Pointer;
}

export function asLogits(kernels: KernelSpace, activations: Activations, rows: number): Logits {
  const columns = columnsOf(kernels, activations.positions);
  const winners = kernels.allocate(rows);
  return { ...activations, columns, winners };
}

/** The class of each row's largest logit; the first of equal ones. */
export function likeliest(
  kernels: KernelSpace,
  { values, size, positions, columns, winners }: Logits,
  rows: number,
): Int32Array {
  kernels.run.likeliest(values, rows, positions.length, size, columns, winners);
  return kernels.integers(winners, rows);
}
