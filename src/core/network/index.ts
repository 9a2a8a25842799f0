export * from "../generated/layers.js";
export type { DigitSettings, Views } from "./digit-settings.js";
export type { Layer, PlacedLayer, TensorSpec } from "./layer.js";
export {
  DIGIT_PAIRS,
  type InputSpec,
  layersOf,
  type Network,
  type PlacedNetwork,
  parameterCount,
  type Trunks,
} from "./network.js";
export { placeNetwork } from "./place-network.js";
export type { Shape } from "./shape.js";
