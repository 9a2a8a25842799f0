import { numbers } from "../checks.js";
import { mean } from "./moments.js";

/**
 * The jackknife's standard error of a statistic (Tukey 1958, "Bias and confidence in not-quite large samples"):
 * √((n − 1)/n · Σ(θᵢ − θ̄)²).
 *
 * @param without  the statistic without each of the n values in turn: at least two numbers
 * @throws InvalidRequest if they are not
 */
export function jackknife(without: readonly number[]): number {
  numbers(2)(without, "without");
  const center = mean(without);
  const squares = without.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(((without.length - 1) / without.length) * squares);
}
