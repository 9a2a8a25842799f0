/** A value in a CSV file; without one, or with a number that is not finite, a cell is empty. */
export type CsvCell = string | number | boolean | null | undefined;

/** Rows as CSV: cells with commas, quotes or line breaks are quoted as in RFC 4180, lines end with a line feed. */
export const csv = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map((row) => `${row.map(cellText).join(",")}\n`).join("");

function cellText(value: CsvCell): string {
  if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
