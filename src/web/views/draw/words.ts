import type { Decision } from "../../../core/index.js";

/** What a network says of a pair: "3 ≤ 7" where it learns digits, else "first ≤ second". */
export function inWords({ holds, beliefs }: Pick<Decision, "holds" | "beliefs">): string {
  const sign = holds ? "≤" : ">";
  if (!beliefs) return `first ${sign} second`;
  const [first, second] = beliefs.map(likeliest);
  return `${first} ${sign} ${second}`;
}

/** What most networks say; the first of those that as many say. */
export function majority(decisions: readonly Decision[]): string {
  const votes = new Map<string, number>();
  // Who names digits says more than who does not: the others agree with whichever has their sign.
  const named = decisions.filter(({ beliefs }) => beliefs);
  const agreed = decisions.filter(({ holds }) => holds).length * 2 >= decisions.length;
  const heard = (named.length > 0 ? named : decisions).filter(({ holds }) => holds === agreed);
  for (const decision of heard) {
    const words = inWords(decision);
    votes.set(words, (votes.get(words) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? (agreed ? "first ≤ second" : "first > second");
}

const likeliest = (beliefs: Float32Array): number => beliefs.indexOf(Math.max(...beliefs));
