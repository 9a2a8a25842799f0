import type { Table } from "../../../core/text/table.js";
import { formatTable } from "./columns.js";
import { print } from "./output.js";

/** Prints a table, apart from what is above it. */
export function showTable({ title, caption, columns, rows }: Table): void {
  print("");
  print(title);
  print(formatTable(columns, rows));
  print(caption);
}

/** Prints sentences, each apart. */
export function showSentences(sentences: readonly string[]): void {
  for (const sentence of sentences) {
    print("");
    print(sentence);
  }
}
