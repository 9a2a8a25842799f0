import { useState } from "preact/hooks";
import { convolutionArithmetic, type LayerWeights, type PixelScale } from "../../../core/index.js";
import type { ConvolutionTerm } from "../../../core/inspection/convolution-arithmetic.js";
import { signed } from "../../../core/text/format.js";
import { Term } from "../../ui/term.js";
import { BlackPixel } from "./black-pixel.js";
import { layerPlace } from "./layer-names.js";
import { PatchPictures } from "./patch-pictures.js";
import { convolutionsOf, findRow, nearestUnit, type Pointed, type SeenRows, seesImage } from "./pointed.js";
import type { LayerRow } from "./rows.js";
import { TermTable } from "./term-table.js";

interface Properties {
  readonly all: readonly SeenRows[];
  readonly pointed: Pointed;
  readonly weights: LayerWeights;
  readonly scale: PixelScale;
  readonly onPoint: (pointed: Pointed) => void;
}

const AXES = ["channel", "row", "column"] as const;

/** The computation of one unit of a convolution: bias + Σ input · weight. */
export function Arithmetic({ all, pointed, weights, scale, onPoint }: Properties) {
  const row = findRow(all, pointed);
  const { weight, bias } = weights[pointed.name] ?? {};
  if (row?.made.layer.kind !== "convolution" || !weight || !bias) return null;
  const { unit } = pointed;
  const { terms, ...total } = convolutionArithmetic(
    ...([row.input, row.inputShape, weight.data, bias.data, row.made.layer, unit] as const),
  );
  const { shape } = row.made;
  const sizes = { channel: shape.channels, row: shape.height, column: shape.width };
  const choices = convolutionsOf(all);
  return (
    <section class="arithmetic" aria-labelledby="arithmetic">
      <h3 id="arithmetic">
        The arithmetic of one <Term of="unit" />
      </h3>
      <div class="row">
        <label>
          <span>Convolution</span>
          <select
            value={choices.findIndex(({ seen, name }) => seen === pointed.seen && name === pointed.name)}
            onChange={({ currentTarget: { value } }) => {
              const choice = choices[Number(value)];
              const next = choice && findRow(all, choice);
              if (choice && next) onPoint({ ...choice, unit: nearestUnit(next, unit) });
            }}
          >
            {choices.map(({ seen, name }, i) => (
              <option key={`${seen} ${name}`} value={i}>
                {name}, {seen}
              </option>
            ))}
          </select>
        </label>
        {AXES.map((axis) => (
          <label key={axis}>
            <span>{axis}</span>
            <input
              type="number"
              min={0}
              max={sizes[axis] - 1}
              value={unit[axis]}
              onInput={({ currentTarget: { value } }) => {
                if (/^\d+$/.test(value) && Number(value) < sizes[axis])
                  onPoint({ ...pointed, unit: { ...unit, [axis]: Number(value) } });
              }}
            />
          </label>
        ))}
      </div>
      <p class="faint">{capital(layerPlace(pointed.name))}.</p>
      <Products key={pointed.name} row={row} kernel={row.made.layer.kernel} terms={terms} {...total} />
      {seesImage(all, row) && <BlackPixel scale={scale} />}
    </section>
  );
}

interface ProductsProperties {
  readonly row: LayerRow;
  /** Height and width of the kernel. */
  readonly kernel: number;
  readonly terms: readonly ConvolutionTerm[];
  readonly bias: number;
  readonly sum: number;
}

/** The products of one input channel as pictures, the whole sum, and each product. At first it is the channel that adds most. */
function Products({ row, kernel, terms, bias, sum }: ProductsProperties) {
  const sums = channelSums(terms, row.inputShape.channels);
  const strongest = sums.reduce((best, each, i) => (Math.abs(each) > Math.abs(sums[best] as number) ? i : best), 0);
  const [asked, setChannel] = useState<number | undefined>(undefined);
  const channel = asked ?? strongest;
  const own = terms.filter((term) => term.channel === channel);
  return (
    <>
      {sums.length > 1 && (
        <label class="field channel">
          <span>Products of input channel</span>
          <select value={channel} onChange={({ currentTarget: { value } }) => setChannel(Number(value))}>
            {sums.map((each, i) => (
              <option key={i} value={i}>
                {i}: {signed(each, 3)}
              </option>
            ))}
          </select>
        </label>
      )}
      <PatchPictures row={row} channel={channel} kernel={kernel} own={own} terms={terms} />
      {sums.length > 1 && (
        <p class="sum">
          Σ of this channel's {own.length} products: {signed(sums[channel] as number, 4)}
        </p>
      )}
      <p class="sum">
        {signed(bias, 4)} (bias) + Σ of {terms.length} products, {signed(sum - bias, 4)} ={" "}
        <strong>{signed(sum, 4)}</strong>
      </p>
      <details>
        <summary>Each product</summary>
        <TermTable own={own} terms={terms} kernel={kernel} />
      </details>
    </>
  );
}

/** The sum of the products of each input channel. */
function channelSums(terms: readonly ConvolutionTerm[], channels: number): number[] {
  const sums = Array.from({ length: channels }, () => 0);
  for (const { channel, product } of terms) sums[channel] = (sums[channel] as number) + product;
  return sums;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
