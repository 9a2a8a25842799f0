export { type ConvolutionArithmetic, convolutionArithmetic, type UnitPlace } from "./convolution-arithmetic.js";
export type { Decision } from "./decision.js";
export { type Decisions, decisions } from "./decisions.js";
export { digitConfusion, type ErrorsByDigits, errorsByDigits } from "./digit-errors.js";
export { evaluateRun, type RunEvaluation } from "./evaluate-run.js";
export { type Features, type Neighbour, nearestNeighbours, pictureFeatures } from "./features.js";
export { type IdealDecisions, idealDecisions } from "./ideal-decisions.js";
export { type Inspection, Inspector } from "./inspector.js";
export { type LayerWeights, layerWeights } from "./layer-weights.js";
export {
  type MeasurableRun,
  type MeasureOptions,
  measureRun,
  type PairMeasures,
  type PairsToMeasure,
} from "./measure-run.js";
export { type Mistake, mistakes } from "./mistakes.js";
export { type NamedPicture, picturePairs } from "./picture-pairs.js";
