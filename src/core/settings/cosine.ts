/**
 * cos(πx) for x from 0 to 1, to a few units in the last place, by Taylor's series. Only +, −, × and ÷, so that every machine
 * gets the same bits; x is brought to where the series is short without rounding.
 */
export function cosinePi(x: number): number {
  if (x > 0.5) return -cosinePi(1 - x);
  return x > 0.25 ? series(Math.PI * (0.5 - x), 1) : series(Math.PI * x, 0);
}

/** Σ (−1)ᵏ y²ᵏ⁺ᵖ / (2k + p)!: the cosine for p = 0, the sine for p = 1; for y from 0 to π/4. */
function series(y: number, p: 0 | 1): number {
  // The smallest terms first, by Horner's scheme: at π/4 the next one would be below 1e-19.
  let sum = 1;
  for (let n = LAST_POWER + p; n > p; n -= 2) sum = 1 - (sum * y * y) / (n * (n - 1));
  return p === 0 ? sum : y * sum;
}

const LAST_POWER = 16;
