export { fusesMultiplyAdd } from "./fused.js";
export { compileKernels, type KernelModule, type KernelSpace, Kernels, MemoryShortage } from "./kernels.js";
export { type Evaluation, Model, type ModelOptions } from "./model.js";
export * from "./optimizers/index.js";
export type { LoadedPairs } from "./pairs/loaded-pairs.js";
export { PassingPairs } from "./pairs/passing-pairs.js";
export type { Tensor } from "./parameters.js";
export type { Inside, Outputs } from "./readings.js";
export { allShortcuts, type Shortcut } from "./shortcuts.js";
