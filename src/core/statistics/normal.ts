import { exp } from "./logarithm.js";

const SQRT_TWO_PI = 2.5066282746310002;

/**
 * The standard normal distribution function, by the series of Marsaglia (2004), "Evaluating the normal distribution",
 * J. Stat. Softw. 11(4): absolute error below 2e-14. Only +, −, × and ÷, so that every machine gets the same bits.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < -8) return 0;
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let k = 3; sum + term !== sum; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  const probability = 0.5 + (sum * exp((-x * x) / 2)) / SQRT_TWO_PI;
  // Rounding may leave the tails a few 1e-17 outside.
  return Math.min(Math.max(probability, 0), 1);
}

/** The x whose `normalCdf` is `probability`, by bisection; ±8 at the ends and beyond, NaN of NaN. */
export function normalQuantile(probability: number): number {
  if (Number.isNaN(probability)) return probability;
  let [low, high] = [-8, 8];
  for (let middle = 0; high - low > 1e-12; middle = (low + high) / 2) {
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
