import type { ConvolutionTerm } from "../../../core/inspection/convolution-arithmetic.js";
import { signed } from "../../../core/text/format.js";
import { Scroll } from "../../ui/scroll.js";

interface Properties {
  /** Of one input channel. */
  readonly own: readonly ConvolutionTerm[];
  /** Of all channels: the bars below the numbers are as long as the largest of these allows. */
  readonly terms: readonly ConvolutionTerm[];
  /** Height and width of the kernel. */
  readonly kernel: number;
}

/** The products of one input channel, laid out like the kernel. */
export function TermTable({ own, terms, kernel }: Properties) {
  const size = Math.max(...terms.map(({ product }) => Math.abs(product)));
  return (
    <Scroll labelledBy="arithmetic">
      <table class="terms">
        <caption>Each cell: input × weight, and below it their product.</caption>
        <tbody>
          {Array.from({ length: kernel }, (_, row) => (
            <tr key={row}>
              {own
                .filter((term) => term.row === row)
                .map(({ column, input, weight, product, padding }) => {
                  const part = `${Math.round((100 * Math.abs(product)) / (size || 1))}%`;
                  return (
                    <td key={column} class={product < 0 ? "negative" : "positive"} style={{ "--part": part }}>
                      <span class="faint">
                        {padding ? "0 (padding)" : number(input)} × {number(weight)}
                      </span>
                      <br />
                      {number(product)}
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

const number = (value: number): string => signed(value, 3);
