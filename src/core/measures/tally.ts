/** Pairs in the order of their probabilities, those of equal ones together. */
export interface Ranks {
  /** The probabilities that occur, the largest first. */
  readonly values: Float64Array;
  /** `[pairs]`: which of `values` each has. */
  readonly rank: Uint32Array;
}

/** How many pairs have each probability; or how much they weigh. */
export interface Tally {
  /** The probabilities that occur, the largest first. */
  readonly values: Float64Array;
  /** `[values]`: of the pairs of which the relation holds. */
  readonly yes: Float64Array;
  /** `[values]`: of the others. */
  readonly no: Float64Array;
  /** Sums of `yes` and `no`. */
  readonly allYes: number;
  readonly allNo: number;
}

export function ranksOf(probabilities: ArrayLike<number>): Ranks {
  const n = probabilities.length;
  const order = Uint32Array.from({ length: n }, (_, pair) => pair).sort(
    (a, b) => (probabilities[b] as number) - (probabilities[a] as number),
  );
  const values = new Float64Array(n);
  const rank = new Uint32Array(n);
  let last = -1;
  for (const pair of order) {
    const value = probabilities[pair] as number;
    if (last < 0 || value !== values[last]) values[++last] = value;
    rank[pair] = last;
  }
  return { values: values.subarray(0, last + 1), rank };
}

/** @param weights  of each pair; default 1 */
export function tallyOf({ values, rank }: Ranks, targets: ArrayLike<number>, weights?: ArrayLike<number>): Tally {
  const [yes, no] = [new Float64Array(values.length), new Float64Array(values.length)];
  let [allYes, allNo] = [0, 0];
  for (let pair = 0; pair < rank.length; pair++) {
    const [at, weight] = [rank[pair] as number, weights ? (weights[pair] as number) : 1];
    if (targets[pair] === 1) {
      yes[at] = (yes[at] as number) + weight;
      allYes += weight;
    } else {
      no[at] = (no[at] as number) + weight;
      allNo += weight;
    }
  }
  return { values, yes, no, allYes, allNo };
}

/**
 * The threshold that says yes to the `accepted` largest of the probabilities that occur: the middle of the gap below them, 0 and 1 being
 * ends of gaps too. Infinity where none is accepted and the largest is 1.
 */
export function thresholdBelow(values: Float64Array, accepted: number): number {
  const below = values[accepted];
  if (accepted === 0 && below === 1) return Number.POSITIVE_INFINITY;
  const above = accepted === 0 ? 1 : (values[accepted - 1] as number);
  if (below === undefined) return above / 2;
  const middle = below + (above - below) / 2;
  // Between neighbouring numbers there is none.
  return middle > below ? middle : above;
}
