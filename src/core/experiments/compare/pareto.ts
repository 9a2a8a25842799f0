/** What something costs, and how wrong it is; less is better in both. */
export interface CostAndError {
  readonly cost: number;
  readonly error: number;
}

/**
 * The Pareto front: of some things those that nothing beats in one respect without being worse in the other, from the
 * cheapest to the one with the lowest error. Of equal ones all belong.
 */
export function paretoFront<Item extends CostAndError>(items: readonly Item[]): Item[] {
  const beaten = ({ cost, error }: Item) =>
    items.some((other) => other.cost <= cost && other.error <= error && (other.cost < cost || other.error < error));
  return items.filter((item) => !beaten(item)).toSorted((a, b) => a.cost - b.cost);
}
