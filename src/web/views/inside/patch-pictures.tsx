import type { ConvolutionTerm } from "../../../core/inspection/convolution-arithmetic.js";
import { colouring, signedUpTo } from "../../ui/colouring.js";
import { Term } from "../../ui/term.js";
import type { LayerRow } from "./rows.js";
import { ValueImage } from "./value-image.js";

interface Properties {
  readonly row: LayerRow;
  /** The input channel whose products are shown. */
  readonly channel: number;
  /** Height and width of the kernel. */
  readonly kernel: number;
  /** Of that channel, sorted by row, then column. */
  readonly own: readonly ConvolutionTerm[];
  /** Of all channels: products have the same colours in each. */
  readonly terms: readonly ConvolutionTerm[];
}

const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));

/** The input map with the patch outlined; then patch × kernel = products, as pictures. */
export function PatchPictures({ row: { input, inputShape }, channel, kernel, own, terms }: Properties) {
  const { height, width } = inputShape;
  const map = [...input.subarray(channel * height * width, (channel + 1) * height * width)];
  const [corner] = own;
  const square = { height: kernel, width: kernel };
  // Of the same values the same colours, in the map and in the patch.
  const seen = colouring(input);
  return (
    <div class="patch">
      <figure>
        <div class="input-map">
          <ValueImage values={map} height={height} width={width} colour={seen} label={`Input map ${channel}`} />
          {corner && (
            <div
              class="outline"
              style={{
                left: part(corner.inputColumn, width),
                top: part(corner.inputRow, height),
                width: part(kernel, width),
                height: part(kernel, height),
              }}
            />
          )}
        </div>
        <figcaption class="faint">input map, the patch outlined</figcaption>
      </figure>
      <div class="equation">
        <figure>
          <ValueImage {...square} values={own.map((term) => term.input)} colour={seen} label="The patch" />
          <figcaption class="faint">patch</figcaption>
        </figure>
        <span aria-hidden="true">×</span>
        <figure>
          <ValueImage
            {...square}
            values={own.map(({ weight }) => weight)}
            colour={signedUpTo(largest(terms.map(({ weight }) => weight)))}
            label="The kernel"
          />
          <figcaption class="faint">
            <Term of="kernel" />
          </figcaption>
        </figure>
        <span aria-hidden="true">=</span>
        <figure>
          <ValueImage
            {...square}
            values={own.map(({ product }) => product)}
            colour={signedUpTo(largest(terms.map(({ product }) => product)))}
            label="Their products"
          />
          <figcaption class="faint">products</figcaption>
        </figure>
      </div>
    </div>
  );
}

const part = (value: number, of: number): string => `${(100 * value) / of}%`;
