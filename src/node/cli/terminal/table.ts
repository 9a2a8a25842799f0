import Table from "cli-table3";
import { visible } from "../../../core/formats/visible.js";
import { Lines } from "./lines.js";

/** A table for the terminal: a header, rows, cells right-aligned from the second column on. */
export function formatTable(columns: readonly string[], rows: readonly (readonly string[])[]): Lines {
  const table = new Table({
    head: columns.map(visible),
    colAligns: columns.map((_, column) => (column === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map(visible));
  return new Lines(table.toString().split("\n"));
}
