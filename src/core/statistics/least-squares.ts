import { numbers } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { mean } from "./moments.js";

/**
 * The share of the variance of `values` that a constant and a linear combination of `columns` explain, by least squares, minus
 * the share that equally many random columns would (adjusted R²: 1 − (1 − R²)(n − 1)/(n − p − 1), p columns that differ from
 * combinations of others). Below 0 where chance explains more. Undefined if there are too few values to tell, or they are
 * all equal.
 *
 * @throws InvalidRequest unless each column has a number for each value
 */
export function adjustedShare(columns: readonly (readonly number[])[], values: readonly number[]): number | undefined {
  numbers()(values, "values");
  columns.forEach((column, i) => {
    numbers()(column, `columns[${i}]`);
    if (column.length !== values.length)
      throw new InvalidRequest(`columns[${i}] has ${column.length} numbers, but there are ${values.length} values`);
  });
  const n = values.length;
  if (n === 0) return undefined;
  // Modified Gram–Schmidt: each column is made orthogonal to those before, and taken out of the values.
  const basis: number[][] = [];
  for (const column of columns) {
    const centered = center(column);
    const size = Math.sqrt(dot(centered, centered));
    for (const other of basis) subtract(centered, other);
    const rest = Math.sqrt(dot(centered, centered));
    if (rest > DEPENDENT * size) basis.push(centered.map((value) => value / rest));
  }
  const left = center(values);
  const total = dot(left, left);
  for (const column of basis) subtract(left, column);
  const degrees = n - basis.length - 1;
  if (degrees < 1 || !(total > 0)) return undefined;
  return 1 - (dot(left, left) / total) * ((n - 1) / degrees);
}

/** Below this share, the rest of a column is rounding: it is a combination of the others. */
const DEPENDENT = 1e-9;

function center(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/** Takes the part along a unit vector out of `values`. */
function subtract(values: number[], unit: readonly number[]): void {
  const along = dot(values, unit);
  unit.forEach((value, i) => {
    values[i] = (values[i] as number) - along * value;
  });
}
