import { numbers } from "../checks.js";
import { InvalidRequest } from "../errors.js";

/** Neighbours that share a fitted value. */
interface Block {
  readonly value: number;
  /** Of all of them. */
  readonly weight: number;
  readonly count: number;
}

function pool(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  return { value: (a.weight * a.value + b.weight * b.value) / weight, weight, count: a.count + b.count };
}

/**
 * The non-increasing sequence nearest to `values` by weighted least squares, of the same length, by pooling adjacent violators
 * (Barlow, Bartholomew, Bremner & Brunk 1972, "Statistical Inference under Order Restrictions"): wherever a value is above the
 * one before it, both take their weighted mean. A sequence that already falls, or has at most one value, stays as it is.
 *
 * @param weights  above 0, one for each value; default all equal
 * @throws InvalidRequest unless there is a weight above 0 for each value
 */
export function nonIncreasingFit(
  values: readonly number[],
  weights: readonly number[] = values.map(() => 1),
): number[] {
  numbers()(values, "values");
  numbers()(weights, "weights");
  if (weights.length !== values.length || weights.some((weight) => !(weight > 0)))
    throw new InvalidRequest("a fit needs a weight above 0 for each value");
  const blocks: Block[] = [];
  values.forEach((value, i) => {
    let last: Block = { value, weight: weights[i] as number, count: 1 };
    for (let before = blocks.at(-1); before && before.value < last.value; before = blocks.at(-1)) {
      blocks.pop();
      last = pool(before, last);
    }
    blocks.push(last);
  });
  return blocks.flatMap(({ value, count }) => new Array<number>(count).fill(value));
}
