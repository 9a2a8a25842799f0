import {
  type Layer,
  layerInWords,
  layersOf,
  type PlacedLayer,
  parameterCount,
  type Shape,
} from "../../core/network/index.js";
import { type Block, blocksOf, MAIN } from "./blocks.js";
import { type Label, textWidth, wrapped } from "./drawing.js";

/** How much a drawing says: a card what there is, the full one every layer with its shape and its parameters. */
export type Detail = "card" | "full";

/** A line of a box, `x` from the box's left. */
export type Row = readonly Omit<Label, "y">[];

export const PADDING = 8;
/** From the end of a row's shape to the end of its parameters. */
const PARAMETERS_COLUMN = 46;
const INDENT = 10;

/** What a box of that width says of layers. */
export function rowsOf(layers: readonly PlacedLayer[], width: number, detail: Detail): Row[] {
  if (detail === "card") return blocksOf(layers).flatMap(({ layers: block }) => cardRows(block, width));
  return layersOf({ trunks: [], head: layers }).flatMap((placed) => fullRows(placed, width));
}

/** The main layer in a line of its own, what comes before and after it in small. */
function cardRows(block: Block["layers"], width: number): Row[] {
  const runs: { kind: "title" | "text"; said: string[] }[] = [];
  for (const { layer } of block) {
    const kind = MAIN.has(layer.kind) ? "title" : "text";
    const last = runs.at(-1);
    if (last?.kind === kind) last.said.push(words(layer, "card"));
    else runs.push({ kind, said: [words(layer, "card")] });
  }
  return runs.flatMap(({ kind, said }) =>
    wrapped(kind, said.join(", "), width - 2 * PADDING).map((text): Row => [middle(kind, text, width)]),
  );
}

export const middle = (kind: Label["kind"], text: string, width: number): Row[number] => ({
  kind,
  text,
  anchor: "middle",
  x: width / 2,
});

/** Words, output shape and parameters in a line; the last two in a line of their own where that is too wide. */
function fullRows({ name, layer, output, parameters }: PlacedLayer, width: number): Row[] {
  const text = words(layer, "full");
  const count = parameterCount({ trunks: [], head: [{ name, layer, input: output, output, parameters, buffers: [] }] });
  const right = width - PADDING;
  const shape: Row[number] = { kind: "shape", text: formatShape(output), anchor: "end", x: right - PARAMETERS_COLUMN };
  const numbers: Row =
    count > 0 ? [shape, { kind: "parameters", text: formatCount(count), anchor: "end", x: right }] : [shape];
  const start = (line: string, x: number): Row[number] => ({ kind: "text", text: line, anchor: "start", x });
  const room = shape.x - textWidth("shape", shape.text) - INDENT - PADDING;
  if (textWidth("text", text) <= room) return [[start(text, PADDING), ...numbers]];
  return [...wrapped("text", text, right - PADDING).map((line): Row => [start(line, PADDING)]), numbers];
}

/** As a reader of the field abbreviates them. */
function words(layer: Layer, detail: Detail): string {
  switch (layer.kind) {
    case "convolution":
      return layerInWords(layer).replace("convolution", "conv");
    case "relu":
      return "ReLU";
    case "ordinal":
      return "exact comparison";
    case "residual":
      return detail === "card" ? layerInWords(layer) : "sum of";
    default:
      return layerInWords(layer);
  }
}

export const formatShape = ({ height, width, channels }: Shape): string =>
  height === 1 && width === 1 ? String(channels) : `${channels}×${height}×${width}`;

export const formatCount = (count: number): string => count.toLocaleString("en");
