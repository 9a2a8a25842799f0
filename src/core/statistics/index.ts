export { bcaInterval, type Interval } from "./bootstrap.js";
export { mean, median, standardDeviation } from "./moments.js";
export { normalCdf, normalQuantile } from "./normal.js";
