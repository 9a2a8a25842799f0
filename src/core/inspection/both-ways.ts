import type { Pairs, Relation } from "../data/index.js";
import { repaired } from "../data/pairs.js";
import type { NamedRelation } from "../data/relations.js";
import { decisionErrors, type SwapEffect, swapEffect } from "../measures/index.js";
import type { TrainedNetwork } from "../training/index.js";
import { type Decisions, decisions } from "./decisions.js";

/** What swapping the images changes, and what is wrong the other way round. */
export interface SwappedMeasures extends SwapEffect {
  /** Fraction of the swapped pairs that are decided wrong. */
  readonly error: number;
  /** Whether the relation asks the same both ways round, so that every change is a mistake. */
  readonly symmetric: boolean;
  /** The share of pairs whose two answers contradict each other: there are no two classes of which both are right. */
  readonly contradictions: number;
}

export function swappedMeasures(network: TrainedNetwork, test: Pairs, said: Decisions): SwappedMeasures {
  const { relation } = network.model;
  const places = Uint32Array.from({ length: 2 * test.count }, (_, image) => image ^ 1);
  const there = repaired(test, places, relation);
  const pairs = isListed(relation) ? { ...there, targets: swappedTargets(test, relation) } : there;
  const swapped = decisions(network, pairs);
  const possible = answersBothWays(test, relation);
  let contradictions = 0;
  for (let pair = 0; pair < test.count; pair++)
    if (!possible.has(2 * (said.holds[pair] as number) + (swapped.holds[pair] as number))) contradictions++;
  return {
    error: decisionErrors(swapped.holds, pairs.targets).error,
    ...swapEffect(said, swapped),
    symmetric: !possible.has(1) && !possible.has(2),
    contradictions: contradictions / test.count,
  };
}

/** Classes beyond which pairs of them are not gone through. */
export const MANY_CLASSES = 1000;

/** The classes that pairs have, ascending. */
export const classesOf = ({ classes }: Pairs): number[] => [...new Set(classes)].sort((a, b) => a - b);

const isListed = (relation: Relation): relation is NamedRelation => "listed" in relation;

/** The answers of given pairs the other way round: a match stays one, a winner loses. */
const swappedTargets = ({ targets }: Pairs, { symmetric }: NamedRelation): Uint8Array =>
  symmetric ? targets : targets.map((target) => 1 - target);

/** The right answers that there are for two classes both ways round: 2 · holds(a, b) + holds(b, a). */
function answersBothWays(pairs: Pairs, relation: Relation): Set<number> {
  if (isListed(relation)) return new Set(relation.symmetric ? [0, 3] : [1, 2]);
  const { holds } = relation;
  const found = new Set<number>();
  const classes = classesOf(pairs).slice(0, MANY_CLASSES);
  for (const first of classes)
    for (const second of classes) found.add(2 * Number(holds(first, second)) + Number(holds(second, first)));
  for (let pair = 0; pair < pairs.count; pair++) {
    const [first, second] = [pairs.classes[2 * pair] as number, pairs.classes[2 * pair + 1] as number];
    found.add(2 * Number(holds(first, second)) + Number(holds(second, first)));
  }
  return found;
}

/** Whether a relation holds within a class and nowhere else, as far as the pairs' classes tell. */
export function isSameness(pairs: Pairs, relation: Relation): boolean {
  if (isListed(relation)) return false;
  const { holds } = relation;
  const classes = classesOf(pairs).slice(0, MANY_CLASSES);
  return classes.every((first) => classes.every((second) => holds(first, second) === (first === second)));
}
