export type { ChangingPairs, PairChanges } from "./changing-pairs.js";
export { compileKernels, type KernelModule, type KernelSpace, Kernels, MemoryShortage } from "./kernels.js";
export { type Evaluation, Model, type ModelOptions } from "./model.js";
export * from "./optimizers/index.js";
export type { LoadedPairs } from "./pair-input.js";
export type { Tensor } from "./parameters.js";
export { PassingPairs } from "./passing-pairs.js";
export type { Inside, LayerActivations, Outputs, PartActivations } from "./readings.js";
export { allShortcuts, type Shortcut } from "./shortcuts.js";
