/** What something costs, and how wrong it is; less is better in both. */
export interface CostAndError {
  readonly cost: number;
  readonly error: number;
}

/**
 * The Pareto front: the things that nothing beats in one respect without being worse in the other, from the
 * cheapest to the one with the lowest error. All of several equal ones belong to it.
 */
export function paretoFront<Item extends CostAndError>(items: readonly Item[]): Item[] {
  const beaten = ({ cost, error }: Item) =>
    items.some((other) => other.cost <= cost && other.error <= error && (other.cost < cost || other.error < error));
  return items.filter((item) => !beaten(item)).toSorted((a, b) => a.cost - b.cost);
}
