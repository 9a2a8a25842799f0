import { useState } from "preact/hooks";
import type { ConvolutionTerm } from "../../../core/inspection/convolution-arithmetic.js";
import { signed } from "../../../core/text/format.js";
import { Scroll } from "../../ui/scroll.js";

interface Properties {
  readonly terms: readonly ConvolutionTerm[];
  /** Height and width of the kernel. */
  readonly kernel: number;
}

/** The products of one input channel, laid out like the kernel. At first it is the channel that adds most. */
export function TermTable({ terms, kernel }: Properties) {
  const channels = [...new Set(terms.map(({ channel }) => channel))];
  const sumOf = (channel: number) =>
    terms.filter((term) => term.channel === channel).reduce((sum, { product }) => sum + product, 0);
  const sums = channels.map(sumOf);
  const strongest = channels.reduce(
    (best, channel) => (Math.abs(sums[channel] ?? 0) > Math.abs(sums[best] ?? 0) ? channel : best),
    0,
  );
  const [asked, setChannel] = useState<number | undefined>(undefined);
  const channel = asked ?? strongest;
  const own = terms.filter((term) => term.channel === channel);
  const size = Math.max(...terms.map(({ product }) => Math.abs(product)));
  return (
    <>
      {channels.length > 1 && (
        <label class="field channel">
          <span>Products of input channel</span>
          <select value={channel} onChange={({ currentTarget: { value } }) => setChannel(Number(value))}>
            {channels.map((each) => (
              <option key={each} value={each}>
                {each}: {number(sums[each] ?? 0)}
              </option>
            ))}
          </select>
        </label>
      )}
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
    </>
  );
}

const number = (value: number): string => signed(value, 3);
