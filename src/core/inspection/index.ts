export type { SwappedMeasures } from "./both-ways.js";
export {
  type ConvolutionArithmetic,
  type ConvolutionTerm,
  convolutionArithmetic,
  type UnitPlace,
} from "./convolution-arithmetic.js";
export type { Decision } from "./decision.js";
export { type Decisions, decisions } from "./decisions.js";
export { digitConfusion, type ErrorsByDigits, errorsByDigits } from "./digit-errors.js";
export { type Features, type Neighbour, nearestNeighbours, pictureFeatures } from "./features.js";
export { type IdealDecisions, idealDecisions } from "./ideal-decisions.js";
export { type Inspection, Inspector } from "./inspector.js";
export { type LayerWeights, layerWeights, type WeightTensor } from "./layer-weights.js";
export {
  type ChosenThreshold,
  type ClassPairErrors,
  type LeftOut,
  type MeasurableRun,
  type Measured,
  type MeasureOptions,
  measurePairs,
  measureRun,
  type PairMeasures,
  type PairsToMeasure,
  type PairsToMeasureOptions,
  pairsToMeasure,
} from "./measure-run.js";
export { type Mistake, mistakes } from "./mistakes.js";
export { type NamedPicture, picturePairs } from "./picture-pairs.js";
