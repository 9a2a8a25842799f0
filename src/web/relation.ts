import { type NamedRelation, relationNamed } from "../core/data/relations.js";
import { SETTINGS } from "../core/settings/table.js";

/** The relation that the page's networks learn. */
export const ASKED: NamedRelation = relationNamed(SETTINGS.relation.usual);

/** The statement that the relation holds of two things, or does not: "3 ≤ 7". */
export const claimed = (
  { sign, not }: Pick<NamedRelation, "sign" | "not">,
  first: number | string,
  second: number | string,
  holds: boolean,
): string => `${first} ${holds ? sign : not} ${second}`;
