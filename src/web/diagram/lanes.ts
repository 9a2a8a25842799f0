import { type Drawing, drawArrow, LINE } from "./drawing.js";

/** A column of boxes, its arrows down its middle. */
export interface Column {
  readonly middle: number;
  /** Half of a box's width. */
  readonly half: number;
  /** Half of the width that there is: a skip connection may need more than a box. */
  readonly room: number;
}

/** Down which the first image goes, and the second. */
export type Lanes = readonly [first: number, second: number];

/** How far a lane is from the middle of a box that both images go into. */
export const LANE = 66;
/** An image, drawn at twice its size. */
const IMAGE = 28;
const BESIDE = 6;

/** The two images at the top of their lanes. Returns where they end. */
export function drawImages(drawing: Drawing, lanes: Lanes, y: number): number {
  for (const [index, x] of lanes.entries()) {
    drawing.boxes.push({ kind: "image", x: x - IMAGE / 2, y, width: IMAGE, height: IMAGE });
    const away = IMAGE / 2 + BESIDE;
    const place = index === 0 ? ({ anchor: "end", x: x - away } as const) : ({ anchor: "start", x: x + away } as const);
    const middle = y + IMAGE / 2;
    drawing.labels.push({ kind: "part", text: index === 0 ? "first" : "second", ...place, y: middle - LINE / 2 });
    drawing.labels.push({ kind: "shape", text: "14×14", ...place, y: middle + LINE / 2 });
  }
  return y + IMAGE;
}

/** An arrow for each lane, into the box of a column, which it turns to where it does not lie above it. */
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
