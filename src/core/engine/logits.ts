import type { Activations } from "./activations.js";
import type { KernelSpace, Pointer } from "./kernels.js";

/** Activations that a loss is taken of. */
export interface Logits extends Activations {
  /** i32 [classes]: `positions`, in the kernels' memory. */
  readonly columns: Pointer;
  /** i32 [rows]: the class of each row's largest logit, once somebody asks for it. */
  readonly winners: Pointer;
}

export function asLogits(kernels: KernelSpace, activations: Activations, rows: number): Logits {
  const { length } = activations.positions;
  const columns = kernels.allocate(length);
  const winners = kernels.allocate(rows);
  kernels.integers(columns, length).set(activations.positions);
  return { ...activations, columns, winners };
}
