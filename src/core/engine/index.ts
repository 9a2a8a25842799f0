export { Adam } from "./adam.js";
export { compileKernels, type KernelModule, Kernels } from "./kernels.js";
export { type Evaluation, type LoadedPairs, Model, type ModelOptions } from "./model.js";
export type { Tensor } from "./parameters.js";
export { allShortcuts, type Shortcut } from "./shortcuts.js";
