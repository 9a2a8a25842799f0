import { useMemo, useState } from "preact/hooks";
import type { Inspection, LayerWeights, PixelScale } from "../../../core/index.js";
import { Explained } from "../../ui/term.js";
import { useMedia } from "../../ui/use-media.js";
import { Arithmetic } from "./arithmetic.js";
import { LayerList } from "./layer-list.js";
import { partTitle } from "./layer-names.js";
import { findRow, firstPointed, nearestUnit, PAIR, type Pointed, type SeenRows } from "./pointed.js";
import { layerRows } from "./rows.js";

interface Properties {
  readonly inspection: Inspection;
  readonly weights: LayerWeights;
  readonly scale: PixelScale;
}

/** Where the arithmetic has room beside the layers. The style sheet has the same width. */
const WIDE = "(min-width: 1100px)";

/** The activations of every layer for the pair, and the arithmetic of the pointed unit: beside them, or below its layer where there is no room. */
export function Layers({ inspection, weights, scale }: Properties) {
  const columns = useMemo(() => columnsOf(inspection), [inspection]);
  const [chosen, setPointed] = useState<Pointed | undefined>(undefined);
  const isWide = useMedia(WIDE);
  const all = columns.flatMap(({ sides }) => sides);
  const row = chosen && findRow(all, chosen);
  // The same unit stays pointed at when another pair is shown.
  const pointed = chosen && row ? { ...chosen, unit: nearestUnit(row, chosen.unit) } : firstPointed(all);
  const arithmetic = pointed && (
    <Arithmetic all={all} pointed={pointed} weights={weights} scale={scale} onPoint={setPointed} />
  );
  return (
    <>
      <p class="faint">
        Grey runs from 0, black, to the layer's largest value. A layer with values below zero has blue for those, white
        for zero and orange above.{" "}
        {pointed && <Explained text={`${isWide ? "Point at" : "Tap"} a unit of a convolution for its arithmetic.`} />}
      </p>
      <div class="beside">
        <div>
          {columns.map(({ title, sides }) => (
            <LayerList
              key={title}
              title={title}
              sides={sides}
              weights={weights}
              pointed={pointed}
              onPoint={setPointed}
              // Below a layer the arithmetic moves what follows: only a click moves it.
              follows={isWide}
              below={isWide ? undefined : arithmetic}
            />
          ))}
        </div>
        {isWide && arithmetic}
      </div>
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
    const title =
      part.name === other.name ? partTitle(part.name) : `${partTitle(part.name)}, and ${partTitle(other.name)}`;
    return {
      title,
      sides: [
        { seen: "first image", rows: layerRows(part) },
        { seen: "second image", rows: layerRows(other) },
      ],
    };
  });
  return head ? [...trunks, { title: partTitle(head.name), sides: [{ seen: PAIR, rows: layerRows(head) }] }] : trunks;
}
