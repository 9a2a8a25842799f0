export { Adam, type AdamOptions } from "./adam.js";
export { clipGradients } from "./clip.js";
export { makeOptimizer } from "./make.js";
export type { Optimizer, OptimizerSettings } from "./optimizer.js";
export type { OptimizerName } from "./registry.js";
export { WeightAverage } from "./weight-average.js";
