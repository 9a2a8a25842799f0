export { type BootstrapOptions, bcaInterval, bcaOf, type Interval } from "./bootstrap.js";
export { crossedDesign } from "./crossed-design.js";
export { holm } from "./holm.js";
export { nonIncreasingFit } from "./isotonic.js";
export { mean, median } from "./moments.js";
export { type Comparison, fewestRounds, roundsNeeded } from "./rounds-needed.js";
export { samplingSd } from "./sampling.js";
export { type SignFlip, signFlip } from "./sign-flip.js";
export { probabilityOfSuperiority, type Superiority } from "./superiority.js";
export {
  type CrossedAnova,
  type CrossedValue,
  crossedAnova,
  type MeanSquare,
  type SamplingOptions,
  type VarianceComponent,
  type VarianceComponents,
  varianceComponents,
} from "./variance-components.js";
