export * from "../generated/layers.js";
export { checkDigitSettings, type DigitSettings, type Views } from "./digit-settings.js";
export { withNested } from "./kinds.js";
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
export { layerInWords, networkInWords } from "./words.js";
