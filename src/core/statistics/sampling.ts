import { counting, refuse } from "../checks.js";

/**
 * The standard deviation of an error that is measured on `pairs` independent pairs, from their number alone: √(p(1 − p)/n), that of
 * a binomial share.
 *
 * @param error  fraction of all pairs that there could be; a measured one stands in for it
 * @throws InvalidRequest where `error` is no fraction, or `pairs` no count
 */
export function samplingSd(error: number, pairs: number): number {
  if (typeof error !== "number" || error < 0 || error > 1) refuse("error", "a fraction from 0 to 1", error);
  counting(pairs, "pairs");
  return Math.sqrt((error * (1 - error)) / pairs);
}
