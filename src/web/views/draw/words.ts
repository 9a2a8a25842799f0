import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import type { ClassNamer } from "../../images/seen.js";

type Signs = Pick<NamedRelation, "sign" | "not" | "claim">;

/** A network's answer in words: "3 ≤ 7" where it learns classes, else "first ≤ second". */
export function inWords(
  { holds, beliefs }: Pick<Decision, "holds" | "beliefs">,
  relation: Signs,
  nameOf: ClassNamer = String,
): string {
  const [first = "first", second = "second"] = beliefs?.map((of) => nameOf(likeliest(of))) ?? [];
  return claimed(relation, first, second, holds);
}

/** Whether most networks say that the relation holds. */
export const agreed = (decisions: readonly Decision[]): boolean =>
  decisions.filter(({ holds }) => holds).length * 2 >= decisions.length;

/** The answer that most networks give; of equally frequent ones the first. */
export function majority(decisions: readonly Decision[], relation: Signs): string {
  const votes = new Map<string, number>();
  // Answers with digits say more. The others agree with any answer that has their sign.
  const named = decisions.filter(({ beliefs }) => beliefs);
  const holding = agreed(decisions);
  const heard = (named.length > 0 ? named : decisions).filter(({ holds }) => holds === holding);
  for (const decision of heard) {
    const words = inWords(decision, relation);
    votes.set(words, (votes.get(words) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? claimed(relation, "first", "second", holding);
}

const likeliest = (beliefs: Float32Array): number => beliefs.indexOf(Math.max(...beliefs));
