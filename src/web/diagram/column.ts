import type { PlacedLayer } from "../../core/network/layer.js";
import { type Block, blocksOf, collapsed } from "./blocks.js";
import { boxHeight, drawBox, drawFlow, GAP } from "./boxes.js";
import { type Drawing, drawArrow, type Point } from "./drawing.js";
import type { Column } from "./lanes.js";
import { type Detail, middle, type Row, rowsOf } from "./rows.js";

/** The distance above the body at which a skip connection leaves. */
const BRANCH = 9;
/** The radius of the mark of a sum. */
const SUM = 8;
const TO_SUM = 14;
/** The distance between a body and its skip connection. */
const SKIP = 12;
/** The width of a shortcut's box, as a part of the available width. */
const SHORTCUT_PART = 0.35;

/** Draws layers as blocks, from top to bottom. Returns where the last one ends. */
export function drawLayers(
  drawing: Drawing,
  layers: readonly PlacedLayer[],
  column: Column,
  top: number,
  detail: Detail,
): number {
  const blocks = detail === "card" ? collapsed(blocksOf(layers)) : blocksOf(layers);
  let y = top;
  for (const [index, block] of blocks.entries()) {
    const [first] = block.layers;
    if (!first) continue;
    // Two arrows come from above, but a skip connection has to leave from a single one.
    if (index === 0 && first.branches)
      y = drawRows(drawing, column, y, () => [[middle("text", "input", 2 * column.half)]]);
    if (index > 0 || first.branches)
      y = drawFlow(drawing, first.input, column.middle, y, first.branches ? GAP + BRANCH : GAP);
    y = first.branches
      ? drawResidual(drawing, block, first.branches, column, y, detail)
      : drawRows(drawing, column, y, (width) => [...timesRow(block, width), ...rowsOf(block.layers, width, detail)]);
  }
  return y;
}

const timesRow = ({ times }: Block, width: number): Row[] =>
  times > 1 ? [[middle("part", `${times} times`, width)]] : [];

function drawRows(drawing: Drawing, { middle: x, half }: Column, y: number, rows: (width: number) => Row[]): number {
  return drawBox(drawing, "layers", rows(2 * half), { x: x - half, y, width: 2 * half });
}

/** Draws a body in a box, the skip connection around its right side, and the sum of both. */
function drawResidual(
  drawing: Drawing,
  block: Block,
  { body, shortcut }: NonNullable<PlacedLayer["branches"]>,
  { middle: x, half, room }: Column,
  y: number,
  detail: Detail,
): number {
  const edge = x + room;
  const beside = shortcut.length > 0 ? 2 * room * SHORTCUT_PART : 0;
  const left = x - (beside > 0 ? room : half);
  const right = beside > 0 ? edge - beside - SKIP : Math.min(x + half, edge - SKIP);
  const skip = beside > 0 ? edge - beside / 2 : right + SKIP;
  const rows = [...timesRow(block, right - left), ...rowsOf(body, right - left, detail)];
  const besideRows = rowsOf(shortcut, beside, detail);
  const bodyEnd = drawBox(drawing, "layers", rows, { x: left, y, width: right - left });
  const end = Math.max(bodyEnd, y + boxHeight(besideRows.length));
  const sum = end + TO_SUM + SUM;
  const branch: Point[] = [
    [x, y - BRANCH],
    [skip, y - BRANCH],
  ];
  const join: Point = [x + SUM, sum];
  if (beside > 0) {
    const top = y + (end - y - boxHeight(besideRows.length)) / 2;
    const bottom = drawBox(drawing, "layers", besideRows, { x: edge - beside, y: top, width: beside });
    drawArrow(drawing, "skip", ...branch, [skip, top]);
    drawArrow(drawing, "skip", [skip, bottom], [skip, sum], join);
  } else drawArrow(drawing, "skip", ...branch, [skip, sum], join);
  drawArrow(drawing, "flow", [x, bodyEnd], [x, sum - SUM]);
  drawing.boxes.push({ kind: "sum", x: x - SUM, y: sum - SUM, width: 2 * SUM, height: 2 * SUM });
  for (const [after] of rowsOf(block.layers.slice(1), 0, "card"))
    if (after) drawing.labels.push({ ...after, anchor: "end", x: x - SUM - 6, y: sum });
  return sum + SUM;
}
