import { expect } from "vitest";

/** The L2 norm. */
export const norm = (x: Float32Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

export const difference = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, index) => value - (b[index] as number));

/**
 * ‖actual − expected‖ / ‖expected‖ in L2.
 *
 * @param floor  least divisor, for an expected value that is 0 but for rounding
 */
export function distance(actual: Float32Array, expected: Float32Array, floor = 0): number {
  if (actual.length !== expected.length) return Infinity;
  const error = norm(difference(actual, expected));
  return error === 0 ? 0 : error / Math.max(norm(expected), floor);
}

/** Expects every tensor's distance to be below a tolerance, and names the one furthest off where it is not. */
export function expectAllWithin<Named extends { readonly name: string }>(
  tolerance: number,
  tensors: readonly Named[],
  distanceOf: (tensor: Named) => number,
): void {
  const distances = tensors.map((tensor) => ({ name: tensor.name, distance: distanceOf(tensor) }));
  // NaN, which is below nothing, comes first.
  const [worst] = distances.toSorted((a, b) => (b.distance > a.distance || Number.isNaN(b.distance) ? 1 : -1));
  expect(worst?.distance, `relative error of ${worst?.name}, the worst`).toBeLessThan(tolerance);
}
