import { useMemo, useState } from "preact/hooks";
import type { Inspection, LayerWeights } from "../../../core/index.js";
import { Arithmetic } from "./arithmetic.js";
import { LayerList } from "./layer-list.js";
import { findRow, firstPointed, nearestUnit, type Pointed, type SeenRows } from "./pointed.js";
import { layerRows } from "./rows.js";

interface Properties {
  readonly inspection: Inspection;
  readonly weights: LayerWeights;
}

/** The activations of every layer for the pair, and the arithmetic of the pointed unit. */
export function Layers({ inspection, weights }: Properties) {
  const columns = useMemo(() => columnsOf(inspection), [inspection]);
  const [chosen, setPointed] = useState<Pointed | undefined>(undefined);
  const all = columns.flatMap(({ sides }) => sides);
  const row = chosen && findRow(all, chosen);
  // The same unit stays pointed at when another pair is shown.
  const pointed = chosen && row ? { ...chosen, unit: nearestUnit(row, chosen.unit) } : firstPointed(all);
  return (
    <>
      <p class="faint">
        Grey runs from 0, black, to the layer's largest value. A layer with values below zero has blue for those, white
        for zero and orange above. Point at a unit of a convolution for its arithmetic.
      </p>
      {pointed && <Arithmetic all={all} pointed={pointed} weights={weights} onPoint={setPointed} />}
      {columns.map(({ title, sides }) => (
        <LayerList key={title} title={title} sides={sides} weights={weights} pointed={pointed} onPoint={setPointed} />
      ))}
    </>
  );
}

interface Column {
  readonly title: string;
  readonly sides: readonly SeenRows[];
}

/** The columns: the two images side by side, in one trunk or each in its own, then the head. */
function columnsOf({ images: [first, second], head }: Inspection): Column[] {
  const trunks = first.map((part, i): Column => {
    const other = second[i] ?? part;
    const title = part.name === other.name ? part.name : `${part.name}, ${other.name}`;
    return {
      title,
      sides: [
        { seen: "first image", rows: layerRows(part) },
        { seen: "second image", rows: layerRows(other) },
      ],
    };
  });
  return head ? [...trunks, { title: "head", sides: [{ seen: "pair", rows: layerRows(head) }] }] : trunks;
}
