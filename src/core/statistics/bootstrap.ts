import { Stream } from "../random/index.js";
import { mean } from "./moments.js";
import { normalCdf, normalQuantile } from "./normal.js";

/** Lower and upper end. */
export type Interval = readonly [number, number];

const RESAMPLES = 10_000;

/**
 * The 95% BCa bootstrap interval of a mean (Efron 1987, "Better bootstrap confidence intervals"), from 10,000 seeded
 * resamples. Undefined for fewer than two values, which have no spread.
 */
export function bcaInterval(values: readonly number[], seed = 0): Interval | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  const estimate = mean(values);
  const stream = new Stream(seed, "bootstrap");
  const resampled = new Float64Array(RESAMPLES);
  for (let b = 0; b < RESAMPLES; b++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[stream.below(n)] as number;
    resampled[b] = sum / n;
  }
  resampled.sort();

  // Ties count half: errors are multiples of 1/1,000, and resampled means often equal the estimate, but for how their
  // sums are rounded.
  const rounding = 1e-13 * n * Math.max(...values.map(Math.abs));
  let below = 0;
  for (const value of resampled) {
    const distance = value - estimate;
    below += distance < -rounding ? 1 : distance <= rounding ? 0.5 : 0;
  }
  const bias = normalQuantile(below / RESAMPLES);
  const acceleration = jackknifeAcceleration(values);
  const level = (z: number) => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  const z = normalQuantile(0.975);
  return [quantile(resampled, level(-z)), quantile(resampled, level(z))];
}

/** Σd³ / (6 (Σd²)^1.5) over the jackknife's deviations; 0 where all values are equal. */
function jackknifeAcceleration(values: readonly number[]): number {
  const center = mean(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    // The mean without this value lies (center − value) / (n − 1) from the mean; the factor cancels.
    const deviation = value - center;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}

/** Linear interpolation between order statistics. */
function quantile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}
