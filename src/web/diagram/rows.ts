import type { Layer, Shape } from "../../core/network/index.js";
import { kindOf } from "../../core/network/kinds.js";
import type { PlacedLayer } from "../../core/network/layer.js";
import { layersOf, parameterCount } from "../../core/network/network.js";
import { isFlat } from "../../core/network/shape.js";
import { layerInWords } from "../../core/network/words.js";
import { type Block, blocksOf, isMain } from "./blocks.js";
import { type Label, textWidth, wrapped } from "./drawing.js";

/** The detail of a drawing. A card names the layers; the full drawing gives every layer with its shape and parameters. */
export type Detail = "card" | "full";

/** The texts of a line of a box, with `x` from the box's left. */
export type Row = readonly Omit<Label, "y">[];

export const PADDING = 8;
/** The distance from the end of a row's shape to the end of its parameters, where these have no more than six digits. */
const PARAMETERS_COLUMN = 46;
const INDENT = 6;
/** The distance between two texts of a row. */
const SPACE = 6;

/** The lines that a box of a certain width has for its layers. */
export function rowsOf(layers: readonly PlacedLayer[], width: number, detail: Detail): Row[] {
  if (detail === "card") return blocksOf(layers).flatMap(({ layers: block }) => cardRows(block, width));
  const said = layersOf({ trunks: [], head: layers }).map(lineOf);
  const column = Math.max(
    PARAMETERS_COLUMN,
    ...said.map(({ parameters }) => textWidth("parameters", parameters) + SPACE / 2),
  );
  const inOneLine = said.every(
    ({ text, shape }) => textWidth("text", text) + SPACE + textWidth("shape", shape) <= width - 2 * PADDING - column,
  );
  return said.flatMap((line) => (inOneLine ? [oneRow(line, width, column)] : severalRows(line, width)));
}

/** The main layer has a line of its own. The layers before and after it are in small type. */
function cardRows(block: Block["layers"], width: number): Row[] {
  const runs: { kind: "title" | "text"; said: string[] }[] = [];
  for (const placed of block) {
    const kind = isMain(placed) ? "title" : "text";
    const last = runs.at(-1);
    if (last?.kind === kind) last.said.push(words(placed.layer));
    else runs.push({ kind, said: [words(placed.layer)] });
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

/** A layer, its output's shape, and how many parameters it has. */
interface Line {
  readonly text: string;
  readonly shape: string;
  readonly parameters: string;
}

function lineOf(placed: PlacedLayer): Line {
  const count = parameterCount({ trunks: [], head: [{ ...placed, branches: NO_BRANCHES }] });
  return {
    // The parameters of a branch's layers are in their own lines.
    text: placed.branches ? "sum of" : words(placed.layer),
    shape: formatShape(placed.output),
    parameters: count > 0 ? formatCount(count) : "",
  };
}
const NO_BRANCHES = { body: [], shortcut: [] };

const start = (kind: Label["kind"], text: string, x: number): Row[number] => ({ kind, text, anchor: "start", x });
const end = (kind: Label["kind"], text: string, x: number): Row[number] => ({ kind, text, anchor: "end", x });

function oneRow({ text, shape, parameters }: Line, width: number, column: number): Row {
  const right = width - PADDING;
  const row = [start("text", text, PADDING), end("shape", shape, right - column)];
  return parameters ? [...row, end("parameters", parameters, right)] : row;
}

/** Puts the numbers below the words, on two lines if one is too short. */
function severalRows({ text, shape, parameters }: Line, width: number): Row[] {
  const most = width - 2 * PADDING;
  const rows = wrapped("text", text, most).map((line): Row => [start("text", line, PADDING)]);
  const first = start("shape", shape, PADDING + INDENT);
  if (!parameters) return [...rows, [first]];
  const second = end("parameters", parameters, width - PADDING);
  const fits = INDENT + textWidth("shape", shape) + SPACE + textWidth("parameters", parameters) <= most;
  return [...rows, ...(fits ? [[first, second]] : [[first], [second]])];
}

/** The layer in words, abbreviated as in the field. */
const words = (layer: Layer): string => kindOf(layer).short?.(layer) ?? layerInWords(layer);

export const formatShape = (shape: Shape): string =>
  isFlat(shape) ? String(shape.channels) : `${shape.channels}×${shape.height}×${shape.width}`;

export const formatCount = (count: number): string => count.toLocaleString("en");
