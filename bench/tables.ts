import Table from "cli-table3";

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A table for the terminal: numbers to the right, words to the left. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly string[],
): string {
  const drawn = new Table({
    head: [...columns],
    colAligns: columns.map((column) => (words.includes(column) ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/** Milliseconds. */
export const short = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 1000 ? 1 : 0);
/** A ratio. */
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

/** An architecture's name at the head of a column. */
export const abbreviated = (architecture: string): string =>
  architecture.replace("weight-sharing", "sharing").replace("-auxiliary", " + aux");
