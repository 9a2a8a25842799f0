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
  /** The names of the row's and the column's digit. */
  readonly rows: string;
  readonly columns: string;
  readonly cell: (row: number, column: number) => Cell;
}

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** A table of 10×10 cells, with a digit for each row and each column. */
export function DigitTable({ labelledBy, rows, columns, cell }: Properties) {
  return (
    <Scroll labelledBy={labelledBy}>
      <table class="digits" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">
              {rows} \ {columns}
            </th>
            {DIGITS.map((digit) => (
              <th key={digit} scope="col">
                {digit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DIGITS.map((row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {DIGITS.map((column) => {
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
