import { InvalidRequest } from "../errors.js";
import { inShort } from "../given.js";

/** A row of a list, with what errors call it: "pairs.csv row 3". */
export interface Row {
  readonly at: string;
  readonly cells: readonly string[];
}

/** Text of a list: UTF-8, a byte order mark dropped. @throws InvalidRequest where it is not UTF-8 */
export function listText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidRequest(`${name} is not UTF-8 text: write it as UTF-8`);
  }
}

/** What separates the cells of a list: tabs where its first row has one, else commas, else semicolons, else white space. */
function delimiterOf(text: string): string | undefined {
  const start = text.length - text.trimStart().length;
  const line = Math.max(text.lastIndexOf("\n", start), text.lastIndexOf("\r", start)) + 1;
  const [first = ""] = text.slice(line).split(/[\r\n]/, 1);
  return ["\t", ",", ";"].find((delimiter) => first.includes(delimiter));
}

/**
 * The rows of a list: CSV (RFC 4180), TSV, semicolons or white space. Empty rows are passed over; white space around a cell is not a
 * part of it.
 *
 * @throws InvalidRequest where a row has more or fewer cells than the first, or a quote is left open
 */
export async function rowsOf(name: string, text: string): Promise<Row[]> {
  const rows = await unevenRowsOf(name, text);
  const [first] = rows;
  const stray = rows.find(({ cells }) => cells.length !== first?.cells.length);
  if (first && stray)
    throw new InvalidRequest(
      `${stray.at} has ${stray.cells.length} ${stray.cells.length === 1 ? "cell" : "cells"}, but ${first.at} has ${first.cells.length}: all rows must have as many`,
    );
  return rows;
}

/** The same of rows that may have different numbers of cells. */
export async function unevenRowsOf(name: string, text: string): Promise<Row[]> {
  const delimiter = delimiterOf(text);
  if (delimiter === undefined || !text.includes('"')) return divided(name, text, delimiter ?? /\s+/);
  return quoted(name, text, delimiter);
}

async function quoted(name: string, text: string, delimiter: string): Promise<Row[]> {
  const { CsvError, parse } = await import("csv-parse/sync");
  try {
    const found = parse(text, {
      ...{ delimiter, trim: true, info: true, relax_column_count: true },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return found.map(({ record, info }) => ({ at: `${name} row ${info.lines}`, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines, code } = error as unknown as { readonly lines?: number; readonly code: string };
    const where = lines === undefined ? name : `${name} row ${lines}`;
    throw new InvalidRequest(`${where} is not CSV: ${QUOTES[code] ?? "its quotes are out of place"}`);
  }
}

const QUOTES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is open at the end of the file",
  INVALID_OPENING_QUOTE:
    "a quote is within a cell that does not begin with one: put the cell in quotes, and write it twice",
};

/** The same where no cell is in quotes: in a tenth of the time. */
const divided = (name: string, text: string, delimiter: string | RegExp): Row[] =>
  text.split(/\r\n|\r|\n/).flatMap((line, i) => {
    const cells = (typeof delimiter === "string" ? line : line.trim()).split(delimiter).map((cell) => cell.trim());
    return cells.every((cell) => cell === "") ? [] : [{ at: `${name} row ${i + 1}`, cells }];
  });

/** Rows under a header, by the header's names in lower case. @throws InvalidRequest where the header names two columns alike */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly at: string; readonly cells: Readonly<Record<string, string>> }[];
}

/** The objects of a JSON Lines file. @throws InvalidRequest where a line is not one */
export function jsonRows(name: string, text: string): Table {
  const rows = text.split(/\r\n|\r|\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    const at = `${name} row ${i + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new InvalidRequest(`${at} is not JSON: ${(error as Error).message}`);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new InvalidRequest(
        `${at} is not a JSON object: each row must be one, such as {"file_name": "a.png", "label": "cat"}`,
      );
    const cells = Object.entries(value).flatMap(([column, cell]) =>
      ["string", "number", "boolean"].includes(typeof cell) ? [[column.toLowerCase(), String(cell)] as const] : [],
    );
    return [{ at, cells: Object.fromEntries(cells) }];
  });
  return { columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))], rows };
}

/** Rows whose first one names the columns. */
export function tableOf(name: string, rows: readonly Row[]): Table {
  const [header, ...others] = rows;
  const columns = header?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined)
    throw new InvalidRequest(`${name} has two columns that are called ${inShort(twice)}: name them apart`);
  return {
    columns,
    rows: others.map(({ at, cells }) => ({
      at,
      cells: Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""])),
    })),
  };
}
