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

/** Of some values: the least, the quartiles and the greatest. */
export interface FiveNumbers {
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly greatest: number;
}

/**
 * The five-number summary (Tukey 1977, "Exploratory data analysis"). A quantile q of n ordered values lies (n − 1)q places after the
 * first, on the straight line between its neighbours (type 7 of Hyndman and Fan 1996, the default of R and NumPy).
 *
 * @throws InvalidRequest if there is no value
 */
export function fiveNumbers(values: readonly number[]): FiveNumbers {
  numbers(1)(values, "values");
  const sorted = values.toSorted((a, b) => a - b);
  const [least, lowerQuartile, median, upperQuartile, greatest] = [0, 0.25, 0.5, 0.75, 1].map((q) => {
    const place = (sorted.length - 1) * q;
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below + (above - below) * (place % 1);
  }) as [number, number, number, number, number];
  return { least, lowerQuartile, median, upperQuartile, greatest };
}
