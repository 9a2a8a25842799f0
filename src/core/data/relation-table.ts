import { shown } from "../checks.js";
import { InvalidRequest } from "../errors.js";

/** A relation that is a table, [first class][second class]: its name holds all of it, "table:0110/1001/…". */
export type RelationTable = readonly (readonly boolean[])[];

const START = "table:";

/** Of the classes of a table. */
const MOST_CLASSES = 64;

export const isTableName = (name: string): boolean => name.startsWith(START);

/** A table by its name. @throws InvalidRequest saying what is wrong with the first row that is no row of it */
export function tableOf(name: string, what: string): RelationTable {
  const rows = name.slice(START.length).split("/");
  return square(
    rows.map((row) => [...row]),
    (row) => (row === undefined ? `${what} ${shown(name)}` : `${what} ${shown(name)}, row ${row}`),
  );
}

/**
 * A file's table as the name of a relation: 0 and 1, one row a first class, with commas, semicolons, tabs, blanks or nothing
 * between them.
 *
 * @throws InvalidRequest naming the file and the row
 */
export function tableName(fileName: string, text: string): `table:${string}` {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const numbered = lines.flatMap((line, i) => (line.trim() === "" ? [] : [{ line: line.trim(), number: i + 1 }]));
  const rows = square(
    numbered.map(({ line }) => (/^[01]+$/.test(line) ? [...line] : line.split(/\s*[,;]\s*|\s+/))),
    (row) => (row === undefined ? fileName : `${fileName}, row ${numbered[row - 1]?.number}`),
  );
  return `${START}${rows.map((row) => row.map(Number).join("")).join("/")}`;
}

/** @param at  where it is wrong; rows from 1 on */
function square(rows: readonly (readonly string[])[], at: (row?: number) => string): RelationTable {
  const { length } = rows;
  if (length === 0 || (length === 1 && rows[0]?.length === 0))
    throw new InvalidRequest(`${at()}: it is empty: give one row of 0 and 1 for each first class`);
  if (length > MOST_CLASSES)
    throw new InvalidRequest(`${at()}: a table has at most ${MOST_CLASSES} classes, not ${length}`);
  return rows.map((row, i) => {
    const stray = row.find((cell) => cell !== "0" && cell !== "1");
    if (stray !== undefined)
      throw new InvalidRequest(`${at(i + 1)}: a cell must be 0 or 1, not ${stray === "" ? "empty" : shown(stray)}`);
    if (row.length !== length)
      throw new InvalidRequest(
        `${at(i + 1)}: it has ${row.length} ${row.length === 1 ? "cell" : "cells"}, but there are ${length} rows: a table has as many columns as rows`,
      );
    return row.map((cell) => cell === "1");
  });
}
