import { numbers, refuse } from "../checks.js";

/**
 * Holm's adjusted p-values (1979, "A simple sequentially rejective multiple test procedure"), in the order given. If those of at
 * most 5% are claimed as differences, the chance of any false claim among all comparisons is at most 5%.
 *
 * The smallest of m is multiplied by m, the next by m − 1, and so on; each is at least the one before it and at most 1. A p that
 * is NaN stays so, and counts as a comparison.
 *
 * @throws InvalidRequest if one is not a probability
 */
export function holm(pValues: readonly number[]): number[] {
  numbers()(pValues, "p-values");
  const wrong = pValues.findIndex((p) => p < 0 || p > 1);
  if (wrong >= 0) refuse(`p-values[${wrong}]`, "a number from 0 to 1, or NaN", pValues[wrong]);
  const adjusted = new Array<number>(pValues.length);
  const rank = (i: number) => {
    const p = pValues[i] as number;
    return Number.isNaN(p) ? 2 : p;
  };
  const ascending = pValues.map((_, i) => i).sort((i, j) => rank(i) - rank(j));
  let largest = 0;
  ascending.forEach((i, smaller) => {
    largest = Math.min(1, Math.max(largest, (pValues.length - smaller) * (pValues[i] as number)));
    adjusted[i] = largest;
  });
  return adjusted;
}
