export * from "../generated/layers.js";
export type { Layer } from "./layer.js";
export { DIGIT_PAIRS, type InputSpec, layersOf, type Network } from "./network.js";
export { placeNetwork } from "./place-network.js";
export type { Shape } from "./shape.js";
