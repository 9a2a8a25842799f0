import type { Table } from "../../core/text/table.js";
import { Scroll } from "./scroll.js";
import { Explained } from "./term.js";

/** Shows a table of the core. The first cell of a row is its heading. */
export function TextTable({
  table: { caption, columns, rows },
  labelledBy,
}: {
  readonly table: Table;
  readonly labelledBy: string;
}) {
  // Numbers are aligned at the right.
  const sides = columns.map((_, i) => (rows.every((row) => /^\p{Letter}/u.test(row[i] ?? "")) ? "left" : undefined));
  return (
    <>
      <p class="faint">
        <Explained text={caption} />
      </p>
      <Scroll labelledBy={labelledBy}>
        <table aria-labelledby={labelledBy}>
          <thead>
            <tr>
              {columns.map((column, i) =>
                column === "" ? (
                  <td key={column} />
                ) : (
                  <th key={column} scope="col" class={sides[i]}>
                    <Explained text={column} />
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={`${name} ${cells[0]}`}>
                <th scope="row">
                  <Explained text={name ?? ""} />
                </th>
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
