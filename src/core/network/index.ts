export {
  type BatchNorm,
  batchNorm,
  type Convolution,
  convolution,
  type Dropout,
  dropout,
  type Flatten,
  flatten,
  type Layer,
  type Linear,
  linear,
  type MaxPool,
  maxPool,
  type ReLU,
  relu,
  type Shape,
} from "./layers.js";
export {
  DIGIT_PAIRS,
  type InputSpec,
  type Network,
  type PlacedLayer,
  type PlacedNetwork,
  parameterCount,
  placeNetwork,
  type Trunks,
} from "./network.js";
export type { TensorSpec } from "./rules.js";
