import { ASKED, claimed } from "../relation.js";
import { boxHeight, drawBox, drawFlow, GAP } from "./boxes.js";
import { type Drawing, drawArrow, textWidth, wrapped } from "./drawing.js";
import type { Lanes } from "./lanes.js";
import { middle, PADDING, type Row } from "./rows.js";

/** The box of the head's two logits. */
const ANSWER = {
  shape: { height: 1, width: 1, channels: 2 },
  text: `${claimed(ASKED, "first", "second", true)}?`,
  half: 58,
} as const;
/** The least length of an arrow to a loss. */
const STUB = 12;
/** The distance above the answer at which its loss leaves. */
const BRANCH = 9;

/** A loss with its weight, in lines at most `most` wide. */
function lossRows(of: string, weight: number, most: number): { readonly rows: readonly Row[]; readonly width: number } {
  const lines = wrapped("text", weight === 1 ? of : `${of} ×\u00a0${weight}`, most - 2 * PADDING);
  const width = Math.max(...lines.map((line) => textWidth("text", line))) + 2 * PADDING;
  return { rows: lines.map((line) => [middle("text", line, width)]), width };
}

/** Draws the auxiliary loss of both images between the trunk's outputs. Returns where it ends. */
export function drawDigitLoss(drawing: Drawing, weight: number, [first, second]: Lanes, top: number): number {
  const { rows, width } = lossRows("digit loss", weight, second - first - 2 * STUB);
  const x = (first + second - width) / 2;
  const y = top + boxHeight(rows.length) / 2;
  drawArrow(drawing, "loss", [first, y], [x, y]);
  drawArrow(drawing, "loss", [second, y], [x + width, y]);
  return drawBox(drawing, "loss", rows, { x, y: top, width });
}

/** Draws the answer below the head, and the pair's loss if it has a weight. Returns where they end. */
export function drawAnswer(drawing: Drawing, pairWeight: number, centre: number, top: number, edge: number): number {
  const y = drawFlow(drawing, ANSWER.shape, centre, top, GAP + BRANCH / 2);
  const right = centre + ANSWER.half;
  const answer = { x: centre - ANSWER.half, y, width: 2 * ANSWER.half };
  const bottom = drawBox(drawing, "answer", [[middle("title", ANSWER.text, answer.width)]], answer);
  if (pairWeight === 0) return bottom;
  const { rows, width } = lossRows("pair loss", pairWeight, edge - right - STUB);
  const x = right + STUB;
  const middleX = x + width / 2;
  drawArrow(drawing, "loss", [centre, y - BRANCH], [middleX, y - BRANCH], [middleX, y]);
  return Math.max(bottom, drawBox(drawing, "loss", rows, { x, y, width }));
}
