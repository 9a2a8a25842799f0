import { compileKernels, type KernelModule } from "./engine/kernels.js";
import { KERNELS_BASE64 } from "./generated/kernels-base64.js";

/** Browsers, workers, Node.js, Deno and Bun all have it. */
declare function atob(base64: string): string;

/**
 * Compiles the base kernels, whose bytes are inside this script: for bundlers and runtimes where a file beside it is hard to find.
 * They are those of `pairlab/kernels.wasm`, and train to the same bits.
 *
 * @throws InvalidRequest where the runtime lacks WebAssembly's SIMD
 */
export const embeddedKernels = (): KernelModule =>
  compileKernels(Uint8Array.from(atob(KERNELS_BASE64), (character) => character.charCodeAt(0)));
