/**
 * Networks, data, training, statistics and formats, for Node.js, Deno, Bun, browsers and workers.
 *
 * @module pairlab
 */
// The public names: those of each folder, which its index lists.
export * from "./architectures/index.js";
export * from "./data/index.js";
export * from "./engine/index.js";
export { InvalidRequest } from "./errors.js";
export * from "./experiments/index.js";
export * from "./formats/index.js";
export { encodeOnnx, type OnnxOptions, type OnnxRun } from "./formats/onnx/encode-onnx.js";
export * from "./inspection/index.js";
export type { Limits } from "./limits.js";
export * from "./measures/index.js";
export * from "./network/index.js";
export * from "./pictures/index.js";
export { defineConfig, type ProjectConfig } from "./project-config.js";
export * from "./random/index.js";
export { SETTING_LIMITS } from "./settings/table.js";
export * from "./statistics/index.js";
export * from "./training/index.js";
