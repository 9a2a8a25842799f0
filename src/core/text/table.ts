/** A table as text, for a terminal, a page or Markdown to lay out. */
export interface Table {
  readonly title: string;
  /** One sentence: what the numbers are. */
  readonly caption: string;
  /** Headings; the first is that of the rows' names. */
  readonly columns: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}
