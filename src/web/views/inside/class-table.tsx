import type { ClassNamer } from "../../images/seen.js";
import { Scroll } from "../../ui/scroll.js";

interface Cell {
  readonly text: string;
  /** The strength of its colour: 0 for the page's background, 1 for the strongest. */
  readonly shade: number;
  readonly kind?: string;
}

interface Properties {
  /** The id of its heading. */
  readonly labelledBy: string;
  readonly classCount: number;
  readonly nameOf: ClassNamer;
  /** The names of the row's and the column's class. */
  readonly rows: string;
  readonly columns: string;
  readonly cell: (row: number, column: number) => Cell;
}

/** A table with a row and a column for each class. */
export function ClassTable({ labelledBy, classCount, nameOf, rows, columns, cell }: Properties) {
  const classes = Array.from({ length: classCount }, (_, number) => number);
  return (
    <Scroll labelledBy={labelledBy}>
      <table class="classes" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">
              {rows} \ {columns}
            </th>
            {classes.map((column) => (
              <th key={column} scope="col">
                <span class="class-name">{nameOf(column)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((row) => (
            <tr key={row}>
              <th scope="row">
                <span class="class-name">{nameOf(row)}</span>
              </th>
              {classes.map((column) => {
                const { text, shade, kind } = cell(row, column);
                return (
                  <td key={column} class={kind} style={{ "--shade": `${Math.round(50 * shade)}%` }}>
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
