import { InvalidArgumentError } from "@commander-js/extra-typings";
import { shown } from "../../core/checks.js";
import { isTableName, tableName } from "../../core/data/relation-table.js";
import { isRelationName, type RelationName, relationName } from "../../core/data/relations.js";
import { InvalidRequest } from "../../core/errors.js";
import { inShort } from "../../core/given.js";
import { optionFile } from "./option-file.js";

/** The largest table has 64 rows of 64 cells. */
const MOST_BYTES = 65_536;

/** The files of the tables that were read, by the tables' names. */
const files = new Map<string, string>();

/** A message that names tables by what they hold, with the names of the files that they are from. */
export const withTableFiles = (message: string): string =>
  [...files].reduce(
    (whole, [table, file]) =>
      whole
        .replaceAll(`relation ${shown(table)}`, `relation ${file}`)
        .replaceAll(`relation=${table}`, `relation=${file}`),
    message,
  );

/** A relation's name; of a file with a table the name that holds all of it. */
export function readRelation(given: string): RelationName {
  try {
    const text = isRelationName(given) ? undefined : optionFile(given, MOST_BYTES, "a table");
    if (text === undefined) return relationName(given, isTableName(given) ? "relation" : "It");
    const table = tableName(inShort(given), text);
    files.set(table, inShort(given));
    return table;
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    const unknown = error.message.startsWith("It must be one of");
    throw new InvalidArgumentError(`${error.message}${unknown ? ", and no file with a table has that name" : ""}.`);
  }
}
