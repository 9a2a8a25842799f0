import { claimed, type NamedRelation } from "../../core/data/relations.js";
import { boxHeight, drawBox, drawFlow, GAP } from "./boxes.js";
import { type Drawing, drawArrow, textWidth, wrapped } from "./drawing.js";
import type { Lanes } from "./lanes.js";
import { middle, PADDING, type Row } from "./rows.js";

/** Two logits. */
const ANSWER = { height: 1, width: 1, channels: 2 } as const;
/** Half of the width of what they say, at least. */
const HALF = 58;
/** Length of an arrow to a loss at least. */
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
export function drawClassLoss(
  drawing: Drawing,
  { weight, isDigits }: { readonly weight: number; readonly isDigits: boolean },
  [first, second]: Lanes,
  top: number,
): number {
  const { rows, width } = lossRows(isDigits ? "digit loss" : "class loss", weight, second - first - 2 * STUB);
  const x = (first + second - width) / 2;
  const y = top + boxHeight(rows.length) / 2;
  drawArrow(drawing, "loss", [first, y], [x, y]);
  drawArrow(drawing, "loss", [second, y], [x + width, y]);
  return drawBox(drawing, "loss", rows, { x, y: top, width });
}

/** The answer below the head, and the pair's loss where something is trained by it. Returns where they end. */
export function drawAnswer(
  drawing: Drawing,
  { pairWeight, relation }: { readonly pairWeight: number; readonly relation: NamedRelation },
  centre: number,
  top: number,
  edge: number,
): number {
  const y = drawFlow(drawing, ANSWER, centre, top, GAP + BRANCH / 2);
  const text = `${claimed(relation, "first", "second", true)}?`;
  const half = Math.max(HALF, textWidth("title", text) / 2 + PADDING);
  const right = centre + half;
  const answer = { x: centre - half, y, width: 2 * half };
  const bottom = drawBox(drawing, "answer", [[middle("title", text, answer.width)]], answer);
  if (pairWeight === 0) return bottom;
  const { rows, width } = lossRows("pair loss", pairWeight, edge - right - STUB);
  const x = right + STUB;
  const middleX = x + width / 2;
  drawArrow(drawing, "loss", [centre, y - BRANCH], [middleX, y - BRANCH], [middleX, y]);
  return Math.max(bottom, drawBox(drawing, "loss", rows, { x, y, width }));
}
