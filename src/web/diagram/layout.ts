import { claimed, type NamedRelation } from "../../core/data/relations.js";
import { type PlacedNetwork, parameterCount } from "../../core/network/network.js";
import { channelsInWords, DIGITS, type SeenImages } from "../images/seen.js";
import { drawBox, drawOutput, GAP } from "./boxes.js";
import { drawLayers } from "./column.js";
import { type Drawing, LINE } from "./drawing.js";
import { type Column, drawImages, drawLanes, LANE, type Lanes } from "./lanes.js";
import { drawAnswer, drawClassLoss } from "./losses.js";
import { type Detail, formatCount, middle } from "./rows.js";
import { drawTrunk, FRAME } from "./trunks.js";

const WIDTH: Readonly<Record<Detail, number>> = { card: 300, full: 340 };
/** Half the width of a box. */
const HALF: Readonly<Record<Detail, number>> = { card: 106, full: 156 };
/** The margin around the drawing. A stack of trunks uses it on the right. */
const EDGE = 8;
/** The distance between a trunk's output and the box that it goes into. */
const BELOW = 4;

/**
 * A network's picture, from top to bottom: the two images, the trunks, the head, and the losses. A shared trunk is drawn once, with
 * an arrow in and an arrow out for each image.
 */
export function layoutNetwork(
  network: PlacedNetwork,
  detail: Detail,
  relation: NamedRelation,
  seen: SeenImages = DIGITS,
): Drawing {
  const { trunks, separate, head, pairWeight } = network;
  const hasSkips = trunks[0]?.some(({ branches }) => branches);
  const width = WIDTH[detail] * (separate && hasSkips ? 2 : 1);
  const centre = width / 2;
  const drawing: Drawing = { width, height: 0, frames: [], boxes: [], arrows: [], activations: [], labels: [] };
  const column = columnAt(centre, WIDTH[detail] / 2, detail);
  const lanes: Lanes = separate ? [width / 4, width - width / 4] : [centre - LANE, centre + LANE];
  const images = drawImages(drawing, lanes, EDGE, seen.shape);
  const top = trunks.length > 0 ? drawEachImage(drawing, network, lanes, column, images, detail, seen) : images + GAP;
  if (trunks.length === 0) {
    drawing.labels.push({
      kind: "part",
      text: `as ${channelsInWords(seen.shape)}`,
      anchor: "middle",
      x: centre,
      y: images + GAP / 2,
    });
    drawLanes(drawing, lanes, column, images, top);
  }
  let y = top;
  if (head.length > 0)
    y = drawAnswer(
      drawing,
      { pairWeight, relation },
      centre,
      drawLayers(drawing, head, column, top, detail),
      centre + WIDTH[detail] / 2 - EDGE / 2,
    );
  else {
    const rows = [`${seen.isDigits ? "digits" : "classes"} compared:`, claimed(relation, "first", "second", true)].map(
      (text) => [middle("title", text, 2 * column.half)],
    );
    y = drawBox(drawing, "rule", rows, { x: centre - column.half, y: top, width: 2 * column.half });
  }
  if (detail === "full") {
    const text = `${formatCount(parameterCount(network))} parameters`;
    drawing.labels.push({ kind: "total", text, anchor: "middle", x: centre, y: y + LINE });
    y += 1.5 * LINE;
  }
  drawing.height = y + EDGE;
  return drawing;
}

function columnAt(x: number, around: number, detail: Detail): Column {
  const room = around - EDGE - FRAME;
  return { middle: x, room, half: Math.min(HALF[detail], room) };
}

/** Draws the trunks, their outputs and the outputs' loss. Returns where it ends. */
function drawEachImage(
  drawing: Drawing,
  { trunks, separate, auxiliaryWeight }: PlacedNetwork,
  lanes: Lanes,
  column: Column,
  images: number,
  detail: Detail,
  { isDigits }: SeenImages,
): number {
  const [layers = []] = trunks;
  const drawn = separate
    ? lanes.map((lane, index) => {
        const own = columnAt(lane, drawing.width / 4, detail);
        const trunk = {
          name: `trunk ${index + 1}`,
          layers: trunks[index] ?? [],
          column: own,
          lanes: [lane],
          copies: 1,
        };
        return drawTrunk(drawing, trunk, images, detail);
      })
    : [drawTrunk(drawing, { name: "shared trunk", layers, column, lanes, copies: trunks.length }, images, detail)];
  const [{ layers: end, frame } = { layers: images, frame: images }] = drawn;
  const lossEnd =
    auxiliaryWeight > 0
      ? drawClassLoss(drawing, { weight: auxiliaryWeight, isDigits }, lanes, frame + GAP / 5) + GAP / 5
      : frame + GAP - BELOW;
  const bottom = lossEnd + BELOW;
  drawLanes(drawing, lanes, column, end, bottom);
  const output = layers.at(-1)?.output;
  const y = (frame + lossEnd) / 2;
  if (output)
    for (const [index, lane] of lanes.entries()) drawOutput(drawing, output, lane, y, index === 0 ? "left" : "right");
  return bottom;
}
