import Table from "cli-table3";

export interface TableStyle {
  /** How many columns, from the first, are aligned to the left; the others are to the right. Default 1. */
  readonly left?: number;
  /** Lines between rows, for rows of several lines. */
  readonly ruled?: boolean;
}

/** A table for the terminal: a header, rows, cells of one line or more. */
export function formatTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { left = 1, ruled = false }: TableStyle = {},
): string {
  const table = new Table({
    head: [...columns],
    colAligns: columns.map((_, column) => (column < left ? "left" : "right")),
    style: { head: [], border: [], compact: !ruled },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
