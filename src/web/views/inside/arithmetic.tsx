import { convolutionArithmetic, type LayerWeights } from "../../../core/index.js";
import { signed } from "../../../core/text/format.js";
import { convolutionsOf, findRow, nearestUnit, type Pointed, type SeenRows } from "./pointed.js";
import { TermTable } from "./term-table.js";

interface Properties {
  readonly all: readonly SeenRows[];
  readonly pointed: Pointed;
  readonly weights: LayerWeights;
  readonly onPoint: (pointed: Pointed) => void;
}

const AXES = ["channel", "row", "column"] as const;

/** The computation of one unit of a convolution: bias + Σ input · weight. */
export function Arithmetic({ all, pointed, weights, onPoint }: Properties) {
  const row = findRow(all, pointed);
  const { weight, bias } = weights[pointed.name] ?? {};
  if (row?.made.layer.kind !== "convolution" || !weight || !bias) return null;
  const { unit } = pointed;
  const {
    terms,
    bias: own,
    sum,
  } = convolutionArithmetic(row.input, row.inputShape, weight.data, bias.data, row.made.layer, unit);
  const { shape } = row.made;
  const sizes = { channel: shape.channels, row: shape.height, column: shape.width };
  const choices = convolutionsOf(all);
  return (
    <section class="arithmetic" aria-labelledby="arithmetic">
      <h3 id="arithmetic">The arithmetic of one unit</h3>
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
      <p class="sum">
        {signed(own, 4)} (bias) + Σ of {terms.length} products, {signed(sum - own, 4)} ={" "}
        <strong>{signed(sum, 4)}</strong>
      </p>
      <TermTable terms={terms} kernel={row.made.layer.kernel} key={pointed.name} />
    </section>
  );
}
