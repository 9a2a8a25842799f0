import { readFileSync } from "node:fs";
import type { KernelExports } from "../../src/core/engine/kernels.js";
import { compileKernels, Kernels } from "../../src/core/engine/kernels.js";

const module = compileKernels(readFileSync(new URL("../../dist/core/kernels/kernels.wasm", import.meta.url)));

/** A fresh instance of the base kernels. */
export const newKernels = (): Kernels => new Kernels(module);

/** A fresh instance with something put around its kernels. */
export const kernelsOf = (wrap: (run: KernelExports) => KernelExports): Kernels => new Kernels(module, wrap);

/**
 * A fresh instance that hands its memory out from a byte on. What lies before is never put into, and takes no room in the machine's.
 *
 * @param bytes  that it has from there on; it can have more, at a few milliseconds for each piece
 */
export function kernelsFrom(base: number, bytes: number): Kernels {
  const kernels = kernelsOf((run) => ({ ...run, heapBase: { value: base } }));
  kernels.reserve(base + bytes);
  return kernels;
}
