import Table from "cli-table3";

/** Prints a line on standard output. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line on standard error: progress and remarks, never a result. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints a document as the only thing on standard output. */
export function printJson(document: unknown): void {
  print(JSON.stringify(document, null, 2));
}

/** A table for the terminal: a header, rows, cells right-aligned from the second column on. */
export function formatTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...columns],
    colAligns: columns.map((_, column) => (column === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
