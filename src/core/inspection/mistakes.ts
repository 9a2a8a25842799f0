import type { Pairs } from "../data/index.js";
import { checkDecisions } from "./check-decisions.js";
import type { Decisions } from "./decisions.js";

/** A pair that a network decides wrong. */
export interface Mistake {
  /** Its index among the pairs. */
  readonly pair: number;
  readonly classes: readonly [number, number];
  /** Whether the relation holds. The network decided the opposite. */
  readonly holds: boolean;
  /** The network's probability of the right answer. Without a head it may be above ½, because it does not decide the pair. */
  readonly probability: number;
  /** The likeliest digit of each image. Absent where no digits are learned. */
  readonly digits?: readonly [number, number];
}

/**
 * The pairs that a network decides wrong, sorted by the probability of the right answer, the smallest first, then by index.
 *
 * @throws InvalidRequest where the decisions are of another number of pairs
 */
export function mistakes(decisions: Decisions, pairs: Pick<Pairs, "targets" | "classes">): Mistake[] {
  checkDecisions(decisions, pairs);
  const { count, probabilities, holds, digits } = decisions;
  const { targets, classes } = pairs;
  const two = (of: ArrayLike<number>, pair: number) => [of[2 * pair] as number, of[2 * pair + 1] as number] as const;
  const wrong: Mistake[] = [];
  for (let pair = 0; pair < count; pair++) {
    if (holds[pair] === targets[pair]) continue;
    const [right, p] = [targets[pair] === 1, probabilities[pair] as number];
    wrong.push({
      ...{ pair, classes: two(classes, pair), holds: right, probability: right ? p : 1 - p },
      ...(digits && { digits: two(digits, pair) }),
    });
  }
  return wrong.sort((a, b) => a.probability - b.probability || a.pair - b.pair);
}
