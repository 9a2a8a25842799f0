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
export function majority(decisions: readonly Decision[], relation: Signs, nameOf?: ClassNamer): string {
  const votes = new Map<string, number>();
  // Answers with digits say more. The others agree with any answer that has their sign.
  const named = decisions.filter(({ beliefs }) => beliefs);
  const holding = agreed(decisions);
  const heard = (named.length > 0 ? named : decisions).filter(({ holds }) => holds === holding);
  for (const decision of heard) {
    const words = inWords(decision, relation, nameOf);
    votes.set(words, (votes.get(words) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? claimed(relation, "first", "second", holding);
}

/** How sure a network is of what it says: "98% sure". No network is sure without a rest. */
export const sureness = (probability: number): string =>
  probability >= 0.995 ? "more than 99% sure" : `${Math.round(100 * probability)}% sure`;

/** A sentence with what it is about in large letters. */
export interface Sentence {
  readonly before: string;
  readonly claim?: string;
  readonly after?: string;
}

/** What a network says of a pair: "one-by-one says: 3 ≤ 7, and is 98% sure". */
export function answerSentence(
  title: string,
  { decisions, probability }: { readonly decisions: readonly Decision[]; readonly probability: number },
  relation: Signs,
  nameOf?: ClassNamer,
): Sentence {
  const holds = agreed(decisions);
  return {
    before: `${title} says:`,
    claim: majority(decisions, relation, nameOf),
    after: `and is ${sureness(holds ? probability : 1 - probability)}`,
  };
}

/** What a network takes one digit for, while the other pad is empty. */
export function beliefSentence(title: string, beliefs: Float32Array, side: 0 | 1): Sentence {
  const digit = likeliest(beliefs);
  const [own, other] = side === 0 ? ["first", "second"] : ["second", "first"];
  return {
    before: `${title} takes the ${own} digit for`,
    claim: String(digit),
    after: `and is ${sureness(beliefs[digit] as number)}. Draw the ${other} digit.`,
  };
}

/** The sentence as it is read. */
export const spoken = ({ before, claim, after }: Sentence): string =>
  [claim ? `${before} ${claim}` : before, after].filter(Boolean).join(", ");

const likeliest = (beliefs: Float32Array): number => beliefs.indexOf(Math.max(...beliefs));
