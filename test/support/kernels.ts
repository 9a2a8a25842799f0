import { readFileSync } from "node:fs";
import { compileKernels, Kernels } from "../../src/core/engine/kernels.js";

const module = compileKernels(readFileSync(new URL("../../dist/core/kernels/kernels.wasm", import.meta.url)));

/** A fresh instance of the base kernels. */
export const newKernels = (): Kernels => new Kernels(module);
