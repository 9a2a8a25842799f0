import type { InputSpec } from "../../core/index.js";
import { sizeInWords } from "../images/seen.js";
import { type Drawing, drawArrow, LINE } from "./drawing.js";

/** A column of boxes, with arrows down its middle. */
export interface Column {
  readonly middle: number;
  /** Half the width of a box. */
  readonly half: number;
  /** Half the available width. A skip connection may need more than a box. */
  readonly room: number;
}

/** The x of the lines down which the first and the second image go. */
export type Lanes = readonly [first: number, second: number];

/** The distance of a lane from the middle of a box that both images go into. */
export const LANE = 66;
/** The longer side of an image. */
const IMAGE = 28;
/** The least of the other. */
const LEAST = 6;
const BESIDE = 6;

/** Draws the two images at the top of their lanes. Returns where they end. */
export function drawImages(drawing: Drawing, lanes: Lanes, y: number, shape: InputSpec): number {
  const scale = IMAGE / Math.max(shape.height, shape.width);
  const [height, width] = [Math.max(scale * shape.height, LEAST), Math.max(scale * shape.width, LEAST)];
  const text = `${sizeInWords(shape)}${shape.channels > 1 ? `×${shape.channels}` : ""}`;
  for (const [index, x] of lanes.entries()) {
    drawing.boxes.push({ kind: "image", x: x - width / 2, y: y + IMAGE - height, width, height });
    const away = IMAGE / 2 + BESIDE;
    const place = index === 0 ? ({ anchor: "end", x: x - away } as const) : ({ anchor: "start", x: x + away } as const);
    const middle = y + IMAGE / 2;
    drawing.labels.push({ kind: "part", text: index === 0 ? "first" : "second", ...place, y: middle - LINE / 2 });
    drawing.labels.push({ kind: "shape", text, ...place, y: middle + LINE / 2 });
  }
  return y + IMAGE;
}

/** Draws an arrow from each lane into the box of a column. An arrow that is not above the box turns to it. */
export function drawLanes(
  drawing: Drawing,
  lanes: readonly number[],
  column: Column,
  top: number,
  bottom: number,
): void {
  for (const lane of lanes) {
    const aside = lane - column.middle;
    const end = Math.abs(aside) < column.half ? lane : column.middle + Math.sign(aside) * LANE;
    const turn = bottom - 2 * BESIDE;
    if (end === lane) drawArrow(drawing, "flow", [lane, top], [lane, bottom]);
    else drawArrow(drawing, "flow", [lane, top], [lane, turn], [end, turn], [end, bottom]);
  }
}
