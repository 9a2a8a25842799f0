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
  const probability = 0.5 + (sum * exponential((-x * x) / 2)) / SQRT_TWO_PI;
  // Rounding may leave the tails a few 1e-17 outside.
  return Math.min(Math.max(probability, 0), 1);
}

/** The x whose `normalCdf` is `probability`, by bisection; ±8 at the ends. */
export function normalQuantile(probability: number): number {
  let [low, high] = [-8, 8];
  for (let middle = 0; high - low > 1e-12; middle = (low + high) / 2) {
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** e to the power x, for −32 ≤ x ≤ 0: the Taylor series of a 64th of x, squared six times. */
function exponential(x: number): number {
  const small = x / 64;
  let term = 1;
  let sum = 1;
  for (let k = 1; sum + term !== sum; k++) {
    term *= small / k;
    sum += term;
  }
  for (let doubling = 0; doubling < 6; doubling++) sum *= sum;
  return sum;
}
