/** What a network is asked about a pair of classes. */
export interface Relation {
  readonly name: string;
  holds(first: number, second: number): boolean;
}

/** The paper's question: is the first digit less than or equal to the second? */
export const lessOrEqual: Relation = { name: "less-or-equal", holds: (first, second) => first <= second };
