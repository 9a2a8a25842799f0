import { counting, refuse } from "../checks.js";

/**
 * The standard deviation of an error that is measured on `pairs` independent pairs, only from their number: √(p(1 − p)/n), that of
 * a binomial share.
 *
 * @param error  fraction of all possible pairs; use a measured one in its place
 * @throws InvalidRequest if `error` is not a fraction, or `pairs` not a count
 */
export function samplingSd(error: number, pairs: number): number {
  if (typeof error !== "number" || error < 0 || error > 1) refuse("error", "a fraction from 0 to 1", error);
  counting(pairs, "pairs");
  return Math.sqrt((error * (1 - error)) / pairs);
}
