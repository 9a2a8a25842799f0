import type { Relation } from "../data/index.js";
import { exp } from "../statistics/logarithm.js";

/** A network's decision on one pair. */
export interface Decision {
  /**
   * The probability that the relation holds: the softmax of the head's two logits. Without a head, it is the sum of p_i q_j over the
   * pairs of digits (i, j) for which the relation holds, with the beliefs p and q.
   */
  readonly probability: number;
  /** The decision: by the head's larger logit or, without a head, by the likeliest digits. Of equal ones, the first counts. */
  readonly holds: boolean;
  /** [classes] for the first image and for the second: the softmax of its digit logits. Absent where no digits are learned. */
  readonly beliefs?: readonly [Float32Array, Float32Array];
}

/** The logits that decide a pair. */
export interface PairLogits {
  /** [classes] of each image, where digits are learned. */
  readonly digits?: readonly [ArrayLike<number>, ArrayLike<number>];
  /** [2], where there is a head; the second says that the relation holds. */
  readonly answer?: ArrayLike<number>;
}

/** @throws Error where there is neither a head nor digits, which no network has */
export function decisionOf({ digits, answer }: PairLogits, relation: Relation): Decision {
  const beliefs = digits && ([softmax(digits[0]), softmax(digits[1])] as const);
  if (answer) {
    return {
      probability: softmax(answer)[1] as number,
      holds: likeliest(answer) === 1,
      ...(beliefs && { beliefs: asFloats(beliefs) }),
    };
  }
  if (!beliefs || !digits) throw new Error("a network has a head or digits");
  const [p, q] = beliefs;
  let probability = 0;
  for (let i = 0; i < p.length; i++)
    for (let j = 0; j < q.length; j++) if (relation.holds(i, j)) probability += (p[i] as number) * (q[j] as number);
  const holds = relation.holds(likeliest(digits[0]), likeliest(digits[1]));
  return { probability: Math.min(probability, 1), holds, beliefs: asFloats(beliefs) };
}

/** The index of the largest number; the first of equal ones. */
export function likeliest(logits: ArrayLike<number>): number {
  let winner = 0;
  for (let k = 1; k < logits.length; k++) if ((logits[k] as number) > (logits[winner] as number)) winner = k;
  return winner;
}

function softmax(logits: ArrayLike<number>): Float64Array {
  const highest = logits[likeliest(logits)] as number;
  const powers = Float64Array.from(logits, (logit) => exp(logit - highest));
  let sum = 0;
  for (const power of powers) sum += power;
  return powers.map((power) => power / sum);
}

const asFloats = ([first, second]: readonly [Float64Array, Float64Array]) =>
  [Float32Array.from(first), Float32Array.from(second)] as const;
