import type { KernelSpace, Pointer } from "../kernels.js";

/** The columns that the sparse product computes together. */
export const TILE = 28;

/** Memory for `count` lists of up to `length` pairs, as the sparse product reads them. */
export class Lists {
  readonly start: Pointer;
  /** Bytes from one list to the next. */
  readonly bytes: number;
  /** i32 [count]: the number of pairs in each list. */
  readonly counts: Pointer;

  constructor(kernels: KernelSpace, count: number, length: number) {
    // Lists are written one pair beyond their end. The odd length also keeps them from being a power of two apart.
    this.bytes = 8 * (length + 1);
    this.start = kernels.allocate((count * this.bytes) / 4);
    this.counts = kernels.allocate(count);
  }
}
