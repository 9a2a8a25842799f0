import type { Kernels } from "./kernels.js";

/** Rows, columns and depth of the product: with its padding it stays in a first-level cache. */
const SIDE = 48;
const PADDED = SIDE + 4;
const PANEL = 8;
const BYTES = 4;
/** Together they take 0.1 to 0.3 ms: longer than a clock's step, and shorter than the time until a thread has to wait. */
const PRODUCTS = 32;
const MEASUREMENTS = 9;

/** The additions and multiplications of a measurement. */
export const YARDSTICK_OPERATIONS = PRODUCTS * 2 * SIDE ** 3;

/**
 * Makes a yardstick for times: how long this thread takes, now, for a work that is the same everywhere, 32 products of two matrices of
 * 48×48 by the kernels. Times that are divided by it can be compared between machines.
 *
 * @param kernels  of the build that trains; what they hold is not changed, and memory is taken of them
 * @param now  a clock in milliseconds
 * @returns measures the time in milliseconds: the least of 9 measurements, so that other work on the machine does not show
 */
export function yardstick(kernels: Kernels, now: () => number): () => number {
  const row = PADDED * BYTES;
  const [a, b, c] = [0, 1, 2].map(() => kernels.allocate(SIDE * PADDED)) as [number, number, number];
  // Sums of zeros would be as fast: no value is one that processors are slow with.
  kernels.floats(a, SIDE * PADDED).fill(1);
  kernels.floats(b, SIDE * SIDE).fill(1 / SIDE);
  const measured = () => {
    const started = now();
    for (let i = 0; i < PRODUCTS; i++)
      kernels.run.gemm(
        SIDE,
        SIDE / PANEL,
        SIDE,
        a,
        row,
        BYTES,
        b,
        SIDE * PANEL * BYTES,
        PANEL * BYTES,
        b,
        0,
        0,
        c,
        row,
        PANEL * BYTES,
      );
    return now() - started;
  };
  return () => Math.min(...Array.from({ length: MEASUREMENTS }, measured));
}
