import type { PlacedLayer } from "../../core/network/layer.js";
import { GAP } from "./boxes.js";
import { drawLayers } from "./column.js";
import { type Drawing, LINE } from "./drawing.js";
import { type Column, drawLanes } from "./lanes.js";
import type { Detail } from "./rows.js";

/** The height of a line that names a part. */
export const NAME = LINE + 3;
/** The distance between a frame and its content, below and beside it. */
export const FRAME = 6;

/** A trunk below the lanes that enter it. There may be several copies. */
interface Trunk {
  readonly name: string;
  readonly layers: readonly PlacedLayer[];
  readonly column: Column;
  readonly lanes: readonly number[];
  readonly copies: number;
}

/** Draws a trunk. Returns where the last layer and the frame end. */
export function drawTrunk(
  drawing: Drawing,
  { name, layers, column, lanes, copies }: Trunk,
  images: number,
  detail: Detail,
): { readonly layers: number; readonly frame: number } {
  const frame = images + GAP / 3;
  const top = frame + NAME;
  const { middle, room } = column;
  drawLanes(drawing, lanes, column, images, top);
  const end = drawLayers(drawing, layers, column, top, detail);
  const bottom = end + FRAME + (copies > 1 ? NAME : 0);
  drawing.frames.push({
    x: middle - room - FRAME,
    y: frame,
    width: 2 * (room + FRAME),
    height: bottom - frame,
    copies,
  });
  // A trunk with one lane has its name beside the lane.
  const place =
    lanes.length > 1 ? ({ anchor: "middle", x: middle } as const) : ({ anchor: "start", x: middle - room } as const);
  drawing.labels.push({ kind: "part", text: name, ...place, y: frame + NAME / 2 });
  if (copies > 1)
    drawing.labels.push({
      kind: "part",
      text: `× ${copies}, averaged`,
      anchor: "middle",
      x: middle,
      y: bottom - NAME / 2,
    });
  return { layers: end, frame: bottom };
}
