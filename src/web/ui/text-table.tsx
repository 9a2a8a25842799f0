import type { Table } from "../../core/text/table.js";
import { Scroll } from "./scroll.js";

/** A table of the core's as the page shows it; the first cell of a row names it. */
export function TextTable({
  table: { caption, columns, rows },
  labelledBy,
}: {
  readonly table: Table;
  readonly labelledBy: string;
}) {
  // Numbers stand at the right, one below the other.
  const sides = columns.map((_, i) => (rows.every((row) => /^\p{Letter}/u.test(row[i] ?? "")) ? "left" : undefined));
  return (
    <>
      <p class="faint">{caption}</p>
      <Scroll labelledBy={labelledBy}>
        <table aria-labelledby={labelledBy}>
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th key={column} scope="col" class={sides[i]}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={`${name} ${cells[0]}`}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <td key={columns[i + 1]} class={sides[i + 1]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
