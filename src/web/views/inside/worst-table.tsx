import { Scroll } from "../../ui/scroll.js";

interface Properties {
  /** The id of its heading. */
  readonly labelledBy: string;
  readonly headings: readonly string[];
  /** Worst first; the first two cells name the classes. */
  readonly rows: readonly (readonly string[])[];
}

/** What stands in place of a table with a row and a column for each class, where there are many. */
export function WorstTable({ labelledBy, headings, rows }: Properties) {
  return (
    <Scroll labelledBy={labelledBy}>
      <table class="worst" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, second, ...cells]) => (
            <tr key={`${first} ${second}`}>
              <th scope="row">
                <span class="class-name">{first}</span>
              </th>
              <td class="left">
                <span class="class-name">{second}</span>
              </td>
              {cells.map((cell, i) => (
                <td key={headings[i + 2]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
