import { oneOf } from "../checks.js";

/** What a network is asked about a pair of classes. */
export interface Relation {
  readonly name: string;
  holds(first: number, second: number): boolean;
}

/** A relation that a configuration can name, with what it is called on the screen. */
export interface NamedRelation extends Relation {
  /** Between two digits of which it holds. */
  readonly sign: string;
  /** Between two digits of which it does not. */
  readonly not: string;
  /** After "Is the first": "less than or equal to the second". */
  readonly words: string;
}

/** All that a run can be about: a row here, and every pair set, network, file and picture has it. */
export const RELATIONS = {
  /** The paper's. */
  "less-or-equal": {
    holds: (first, second) => first <= second,
    sign: "≤",
    not: ">",
    words: "less than or equal to the second",
  },
} as const satisfies Readonly<Record<string, Omit<NamedRelation, "name">>>;

export type RelationName = keyof typeof RELATIONS;

export const relationNames = (): readonly RelationName[] => Object.keys(RELATIONS) as RelationName[];

/** A relation by its name. @throws InvalidRequest where there is none */
export function relationNamed(name: RelationName): NamedRelation {
  oneOf(relationNames())(name, "relation");
  return { name, ...RELATIONS[name] };
}

/** The paper's question: is the first digit less than or equal to the second? */
export const lessOrEqual: Relation = relationNamed("less-or-equal");
