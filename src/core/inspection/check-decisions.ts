import { partly } from "../checks.js";
import type { ClassNumbers } from "../data/images.js";
import { InvalidRequest } from "../errors.js";
import { nounFor } from "../text/format.js";
import type { Decisions } from "./decisions.js";

/**
 * @param pairs  with `classes`, [count, 2]
 * @throws InvalidRequest where the decisions are of another number of pairs
 */
export function checkDecisions(decisions: Decisions, pairs: { readonly classes: ClassNumbers }): void {
  partly({ holds: partly({}), probabilities: partly({}) })(decisions, "decisions");
  partly({ classes: partly({}) })(pairs, "pairs");
  const [decided, given] = [decisions.holds.length, pairs.classes.length / 2];
  if (decided !== given)
    throw new InvalidRequest(
      `the decisions are of ${decided} ${nounFor(decided, "pair")}, but ${given} ${nounFor(given, "pair is", "pairs are")} given: give those that were decided`,
    );
}
