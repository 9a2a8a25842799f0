import type { Shape } from "../../core/network/index.js";
import { isFlat } from "../../core/network/shape.js";
import { type Box, type Drawing, drawArrow, LINE, textWidth } from "./drawing.js";
import { formatShape, type Row } from "./rows.js";

/** The distance between two boxes, for an arrow and the shape beside it. */
export const GAP = 30;
const MARGIN = 5;
const BESIDE = 8;
/** Pixels of the drawing for each pixel of a map. */
const MAP_SCALE = 1.3;
/** The offset between two squares of a stack of maps, and its most as a part of a square. */
const STACK_STEP = 2;
const STACK_PART = 0.4;
/** A bar's pixels for each unit of the square root of a vector's length. */
const VECTOR_SCALE = 2.5;
const VECTOR_HEIGHT = 5;
/** The longest side of a map, and the longest bar: own images may be larger than digits. */
const MOST = { map: 24, vector: 64 } as const;
/** From the line of an image to the drawing's edge: for an output and its shape in words. */
const ASIDE = 74;

export const boxHeight = (rows: number): number => rows * LINE + 2 * MARGIN;

/** Draws a box and its text. Returns where it ends. */
export function drawBox(
  drawing: Drawing,
  kind: Box["kind"],
  rows: readonly Row[],
  area: Omit<Box, "kind" | "height">,
): number {
  const { x, y, width } = area;
  const height = boxHeight(rows.length);
  drawing.boxes.push({ kind, x, y, width, height });
  rows.forEach((row, index) => {
    for (const label of row) drawing.labels.push({ ...label, x: x + label.x, y: y + MARGIN + (index + 0.5) * LINE });
  });
  return y + height;
}

/** Draws an arrow down, with the activations that flow along it. Returns where it ends. */
export function drawFlow(drawing: Drawing, shape: Shape, x: number, top: number, length = GAP): number {
  drawArrow(drawing, "flow", [x, top], [x, top + length]);
  drawActivations(drawing, shape, x, top + GAP / 2, "left");
  drawing.labels.push({ kind: "shape", text: formatShape(shape), anchor: "start", x: x + BESIDE, y: top + GAP / 2 });
  return top + length;
}

/** Draws a stack of maps or the bar of a vector, beside a line down at `x`. */
function drawActivations(
  drawing: Drawing,
  shape: Shape,
  x: number,
  y: number,
  side: "left" | "right",
  most: number = MOST.vector,
): { width: number } {
  const { height, ...size } = sizeOf(shape);
  const width = isFlat(shape) ? Math.min(size.width, most) : size.width;
  drawing.activations.push({
    shape,
    width,
    height,
    x: side === "left" ? x - BESIDE - width : x + BESIDE,
    y: y - height / 2,
  });
  return { width };
}

/** Draws them beside a line that has nothing on its inner side. */
export function drawOutput(drawing: Drawing, shape: Shape, x: number, y: number, side: "left" | "right"): void {
  const text = formatShape(shape);
  const room = ASIDE - 1.5 * BESIDE - textWidth("shape", text);
  const away = BESIDE + drawActivations(drawing, shape, x, y, side, room).width + BESIDE / 2;
  drawing.labels.push({
    kind: "shape",
    text,
    y,
    ...(side === "left" ? { anchor: "end", x: x - away } : { anchor: "start", x: x + away }),
  });
}

/** The offsets of a stack's squares. More channels have more squares. */
export const stackOf = ({ width, channels }: Shape): number[] =>
  Array.from(
    { length: Math.min(1 + Math.floor(Math.sqrt(channels) / 2), 5) },
    (_, i) => i * Math.min(STACK_STEP, width * MAP_SCALE * STACK_PART),
  );

/** The pixels of a map, without its stack. */
export function mapSize({ height, width }: Shape) {
  const scale = Math.min(MAP_SCALE, MOST.map / Math.max(height, width));
  return { height: height * scale, width: width * scale };
}

function sizeOf(shape: Shape): { readonly width: number; readonly height: number } {
  if (isFlat(shape)) return { width: Math.sqrt(shape.channels) * VECTOR_SCALE, height: VECTOR_HEIGHT };
  const map = mapSize(shape);
  const depth = stackOf(shape).at(-1) ?? 0;
  return { width: map.width + depth, height: map.height + depth };
}
