/**
 * The kernels inside a script.
 *
 * @module pairlab/kernels
 */
import { compileKernels, type KernelModule } from "./engine/kernels.js";
import { KERNELS_HEX } from "./generated/kernels-hex.js";

/**
 * Compiles the base kernels, whose bytes are inside this script: for bundlers and runtimes where a file beside it is hard to find.
 * They are those of `pairlab/kernels.wasm`, and train to the same bits.
 *
 * @throws InvalidRequest where the runtime lacks WebAssembly's SIMD
 */
export const embeddedKernels = (): KernelModule =>
  compileKernels(
    Uint8Array.from({ length: KERNELS_HEX.length / 2 }, (_, i) =>
      Number.parseInt(KERNELS_HEX.slice(2 * i, 2 * i + 2), 16),
    ),
  );
