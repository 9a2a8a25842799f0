export { type BootstrapOptions, bcaInterval, bcaOf, type Interval } from "./bootstrap.js";
export { holm } from "./holm.js";
export { nonIncreasingFit } from "./isotonic.js";
export { mean, median } from "./moments.js";
export { type Comparison, fewestRounds, roundsNeeded } from "./rounds-needed.js";
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
export { type SignFlip, signFlip } from "./sign-flip.js";
export { probabilityOfSuperiority, type Superiority } from "./superiority.js";
