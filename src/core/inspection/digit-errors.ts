import type { Pairs } from "../data/index.js";
import { checkDecisions } from "./check-decisions.js";
import type { Decisions } from "./decisions.js";

/** The number of pairs, and of wrong decisions, for each pair of classes. Both are [first class, second class]. */
export interface ErrorsByDigits {
  readonly pairs: Uint32Array;
  readonly wrong: Uint32Array;
}

/**
 * Counts the images of each class by their likeliest digit, over both images of all pairs.
 *
 * @returns [class, likeliest digit]; undefined where no digits are learned
 * @throws InvalidRequest where the decisions are of another number of pairs
 */
export function digitConfusion(
  decisions: Decisions,
  pairs: Pick<Pairs, "classes" | "classCount">,
): Uint32Array | undefined {
  checkDecisions(decisions, pairs);
  const { digits } = decisions;
  const { classes, classCount } = pairs;
  if (!digits) return undefined;
  const counts = new Uint32Array(classCount ** 2);
  classes.forEach((truth, image) => {
    increment(counts, truth * classCount + (digits[image] as number));
  });
  return counts;
}

/**
 * Counts pairs and wrong decisions for each pair of classes.
 *
 * @throws InvalidRequest where the decisions are of another number of pairs
 */
export function errorsByDigits(
  decisions: Decisions,
  pairs: Pick<Pairs, "count" | "classes" | "classCount" | "targets">,
): ErrorsByDigits {
  checkDecisions(decisions, pairs);
  const { holds } = decisions;
  const { count, classes, classCount, targets } = pairs;
  const [seen, wrong] = [new Uint32Array(classCount ** 2), new Uint32Array(classCount ** 2)];
  for (let pair = 0; pair < count; pair++) {
    const cell = (classes[2 * pair] as number) * classCount + (classes[2 * pair + 1] as number);
    increment(seen, cell);
    if (holds[pair] !== targets[pair]) increment(wrong, cell);
  }
  return { pairs: seen, wrong };
}

function increment(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}
