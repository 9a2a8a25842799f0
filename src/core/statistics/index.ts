export { type BootstrapOptions, bcaInterval, bcaOf, expandedDeviate, type Interval } from "./bootstrap.js";
export { holm } from "./holm.js";
export { nonIncreasingFit } from "./isotonic.js";
export { mean, median, standardDeviation } from "./moments.js";
export { type Comparison, fewestRounds, roundsNeeded } from "./rounds-needed.js";
export { samplingSd } from "./sampling.js";
export { type SignFlip, signFlip } from "./sign-flip.js";
export { probabilityOfSuperiority, type Superiority, wilsonInterval } from "./superiority.js";
