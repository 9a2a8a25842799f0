import { type KernelModule, Kernels } from "./kernels.js";

/** Rows and columns of the smallest product. */
const [ROWS, COLUMNS] = [4, 8] as const;
/** 1 + 2⁻¹². Its square is 1 + 2⁻¹¹ + 2⁻²⁴, of which 24 bits have all but the last term. */
const FACTOR = 1 + 2 ** -12;
const BYTES = 4;

/**
 * Whether kernels multiply and add with one rounding on this machine, as those of `kernels.fused.wasm` do where the processor has a
 * fused multiply-add: most of Intel's and AMD's since 2013, every ARM of 64 bits. They then train to the same bits on all of these. On
 * other processors WebAssembly rounds twice, and they train to others: refuse them there. It is false for the base kernels everywhere.
 *
 * @param kernels  from `compileKernels`
 * @throws InvalidRequest where `kernels` is not compiled kernels
 */
export function fusesMultiplyAdd(kernels: KernelModule): boolean {
  const space = new Kernels(kernels);
  const [a, b, c] = [space.allocate(ROWS), space.allocate(COLUMNS), space.allocate(ROWS * COLUMNS)];
  space.floats(a, ROWS).fill(FACTOR);
  space.floats(b, COLUMNS).fill(FACTOR);
  const sums = space.floats(c, ROWS * COLUMNS).fill(-(1 + 2 ** -11));
  const row = COLUMNS * BYTES;
  space.run.gemm(ROWS, 1, 1, a, BYTES, ROWS * BYTES, b, 0, row, c, row, 0, c, row, 0);
  return sums.every((sum) => sum === 2 ** -24);
}
