import { visible } from "../../../core/formats/visible.js";
import { Lines } from "./lines.js";
import { columnsOf, wrap } from "./wrap.js";

/** One quantity of every row. */
export interface Field {
  readonly title: string;
  readonly cells: readonly string[];
  /** Characters to which its cells may be wrapped; without it they are not wrapped. */
  readonly narrowest?: number;
}

/** The columns of a table, left to right; a column of several fields has them one below the other. */
export interface Layout {
  readonly columns: readonly (readonly Field[])[];
  /** How many columns are aligned to the left. */
  readonly left: number;
}

/** "│ " before each column and "│" at the end of a line, with a space after each cell. */
const borders = (columns: number): number => 3 * columns + 1;

/** How far fields below the first are indented in a column that is aligned to the left. */
const INDENT = 2;

/**
 * A table in the first layout that a terminal is wide enough for, or in the last, whatever its width. Columns are as wide
 * as their contents where there is room, and otherwise the widest are wrapped first.
 */
export function fitTable(layouts: readonly Layout[], width: number): Lines {
  const chosen = layouts.find((layout) => narrowestTable(layout) <= width) ?? layouts.at(-1);
  if (!chosen) return new Lines([]);
  const fitting = shown(chosen);
  const { columns, left } = fitting;
  const widths = shrink(
    columns.map((fields, column) => Math.max(...fields.map((field, i) => natural(field) + indent(i, column, left)))),
    narrowest(fitting),
    width,
  );
  const cell = (column: number, text: (field: Field) => string): string[] =>
    (columns[column] as readonly Field[]).flatMap((field, i) => {
      const pad = indent(i, column, left);
      const shown = text(field);
      if (i > 0 && shown === "") return [];
      return wrap(shown, (widths[column] as number) - pad).map((line) => " ".repeat(pad) + line);
    });
  const row = (text: (field: Field) => string): string[][] => columns.map((_, column) => cell(column, text));
  const count = columns[0]?.[0]?.cells.length ?? 0;
  const rows = Array.from({ length: count }, (_, i) => row(({ cells }) => cells[i] as string));
  return drawTable(
    row(({ title }) => title),
    rows,
    widths,
    left,
  );
}

/** A table in one line a row, as wide as its contents: the first column is aligned to the left, all others to the right. */
export const formatTable = (columns: readonly string[], rows: readonly (readonly string[])[]): Lines =>
  fitTable(
    [{ left: 1, columns: columns.map((title, i) => [{ title, cells: rows.map((row) => row[i] ?? "") }]) }],
    Number.POSITIVE_INFINITY,
  );

/** A table with borders; lines between rows where one has several lines. Each cell is its lines. */
function drawTable(
  head: readonly (readonly string[])[],
  rows: readonly (readonly (readonly string[])[])[],
  widths: readonly number[],
  left: number,
): Lines {
  const border = (ends: string): string => {
    const [start, between, end] = [...ends];
    return start + widths.map((width) => "─".repeat(width + 2)).join(between) + end;
  };
  const lines = (cells: readonly (readonly string[])[]): string[] =>
    Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, line) => {
      const texts = widths.map((width, column) => {
        const text = cells[column]?.[line] ?? "";
        const blanks = " ".repeat(Math.max(width - columnsOf(text), 0));
        return column < left ? text + blanks : blanks + text;
      });
      return `│ ${texts.join(" │ ")} │`;
    });
  const ruled = rows.some((cells) => cells.some(({ length }) => length > 1));
  const body = rows.flatMap((cells, i) => [...(ruled && i > 0 ? [border("├┼┤")] : []), ...lines(cells)]);
  return new Lines([border("┌┬┐"), ...lines(head), border("├┼┤"), ...body, border("└┴┘")]);
}

/** Characters of a line of a layout's narrowest table. */
export const narrowestTable = (layout: Layout): number => total(narrowest(shown(layout)));

/** A layout whose texts have the lengths that they are printed with. */
const shown = ({ columns, left }: Layout): Layout => ({
  left,
  columns: columns.map((fields) =>
    fields.map((field) => ({ ...field, title: visible(field.title), cells: field.cells.map(visible) })),
  ),
});

const natural = ({ title, cells }: Field): number =>
  cells.reduce((most, cell) => Math.max(most, columnsOf(cell)), columnsOf(title));

const indent = (field: number, column: number, left: number): number => (field > 0 && column < left ? INDENT : 0);

const narrowest = ({ columns, left }: Layout): number[] =>
  columns.map((fields, column) =>
    Math.max(
      ...fields.map(
        (field, i) => Math.min(natural(field), field.narrowest ?? Number.POSITIVE_INFINITY) + indent(i, column, left),
      ),
    ),
  );

const total = (widths: readonly number[]): number => widths.reduce((sum, each) => sum + each, borders(widths.length));

function shrink(wanted: readonly number[], least: readonly number[], width: number): number[] {
  const widths = [...wanted];
  for (let over = total(widths) - width; over > 0; over--) {
    const room = widths.map((each, column) => (each > (least[column] as number) ? each : 0));
    const widest = room.indexOf(Math.max(...room));
    if (room[widest] === 0) break;
    (widths[widest] as number)--;
  }
  return widths;
}
