import type { Decisions, Pairs } from "../../core/index.js";

/** Pairs that are worth trying. */
export interface HardPairs {
  /** Wrong: the network decides them wrong, and the other one right. Unsure: those of which the network is least sure. */
  readonly kind: "wrong" | "unsure";
  /** Numbers of test pairs. */
  readonly pairs: readonly number[];
}

const sureness = (probability: number): number => Math.max(probability, 1 - probability);

/**
 * The pairs that one network decides wrong and a second one right, those first of which the first is surest. Where there are none, or no
 * second network, the pairs of which the first is least sure.
 *
 * @param said   of the first network
 * @param other  of the second, on the same pairs
 */
export function hardPairs(
  said: Decisions,
  other: Decisions | undefined,
  { targets }: Pick<Pairs, "targets">,
  most: number,
): HardPairs {
  const all = Array.from(targets, (_, pair) => pair);
  const sure = (pair: number) => sureness(said.probabilities[pair] as number);
  const wrong = other
    ? all.filter((pair) => said.holds[pair] !== targets[pair] && other.holds[pair] === targets[pair])
    : [];
  if (wrong.length > 0)
    return { kind: "wrong", pairs: wrong.sort((a, b) => sure(b) - sure(a) || a - b).slice(0, most) };
  return { kind: "unsure", pairs: all.sort((a, b) => sure(a) - sure(b) || a - b).slice(0, most) };
}
