import { type NamedRelation, relationNamed } from "../core/data/relations.js";
import { SETTINGS } from "../core/settings/table.js";

/** What the page asks the networks that it trains. */
export const ASKED: NamedRelation = relationNamed(SETTINGS.relation.usual);

/** What is so of two things: "3 ≤ 7". */
export const claimed = (
  { sign, not }: Pick<NamedRelation, "sign" | "not">,
  first: number | string,
  second: number | string,
  holds: boolean,
): string => `${first} ${holds ? sign : not} ${second}`;
