export {
  anytimeEquivalenceP,
  anytimeInterval,
  anytimeP,
  anytimeRoundsNeeded,
  type Equivalence,
  equivalence,
} from "./anytime.js";
export { type BootstrapOptions, bcaOf } from "./bootstrap.js";
export { type CrossedAnova, type CrossedValue, crossedAnova, type MeanSquare } from "./crossed-anova.js";
export { crossedDesign } from "./crossed-design.js";
export { type CrossedImages, crossedImages } from "./crossed-images.js";
export { holm } from "./holm.js";
export type { Interval } from "./interval.js";
export { nonIncreasingFit } from "./isotonic.js";
export { jackknife } from "./jackknife.js";
export { meanInterval } from "./mean-interval.js";
export { type FiveNumbers, fiveNumbers, mean, median } from "./moments.js";
export { type NestedVariance, nestedVariance } from "./nested-variance.js";
export { type Comparison, fewestRounds, type RoundsRange, roundsNeeded, roundsNeededWithin } from "./rounds-needed.js";
export { samplingSd } from "./sampling.js";
export {
  type GeneralOptions,
  generalInterval,
  meanOverlap,
  type RoundsOfPairs,
  roundsOfPairs,
  type SharedVariance,
  sharedVariance,
} from "./shared-images.js";
export { type SignFlip, type SignFlipIntervalOptions, signFlip, signFlipInterval, signFlipMax } from "./sign-flip.js";
export { probabilityOfSuperiority, type Superiority, wilsonInterval } from "./superiority.js";
export {
  type SamplingOptions,
  type VarianceComponent,
  type VarianceComponents,
  varianceComponents,
} from "./variance-components.js";
