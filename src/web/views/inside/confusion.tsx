import { DigitTable } from "./digit-table.js";

/** The digits that a network confuses, over both images of all test pairs. @param counts  [digit, likeliest digit] */
export function Confusion({ counts }: { readonly counts: Uint32Array }) {
  const cell = (row: number, column: number) => counts[10 * row + column] as number;
  const offDiagonal = [...counts].filter((_, at) => Math.floor(at / 10) !== at % 10);
  const most = Math.max(...offDiagonal, 1);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const wrong = offDiagonal.reduce((sum, count) => sum + count, 0);
  return (
    <section aria-labelledby="confusion">
      <h2 id="confusion">Which digits it confuses</h2>
      <p>
        It gets the digit wrong on {wrong} of {all} test images.
      </p>
      <DigitTable
        labelledBy="confusion"
        rows="is"
        columns="named"
        cell={(row, column) => {
          const count = cell(row, column);
          return {
            text: count === 0 ? "" : String(count),
            shade: row === column ? 0 : count / most,
            ...(row === column && { kind: "diagonal" }),
          };
        }}
      />
    </section>
  );
}
