import { numbers } from "../checks.js";

/** The arithmetic mean; NaN if a value is. @throws InvalidRequest if there is no value */
export function mean(values: readonly number[]): number {
  numbers(1)(values, "values");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation with n − 1; undefined for fewer than two values. @throws InvalidRequest if these are not numbers */
export function standardDeviation(values: readonly number[]): number | undefined {
  numbers()(values, "values");
  if (values.length < 2) return undefined;
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** The middle value, or the mean of the two in the middle. @throws InvalidRequest if there is no value */
export function median(values: readonly number[]): number {
  numbers(1)(values, "values");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
