import type { Visitor } from "./visitor.js";

export type Point = readonly [x: number, y: number];

/** Digits as one stroke each, in parts of a pad. */
export const THREE: readonly Point[] = [
  [0.3, 0.25],
  [0.45, 0.15],
  [0.6, 0.2],
  [0.65, 0.32],
  [0.55, 0.45],
  [0.45, 0.48],
  [0.58, 0.52],
  [0.66, 0.65],
  [0.6, 0.8],
  [0.45, 0.85],
  [0.3, 0.78],
];
export const SEVEN: readonly Point[] = [
  [0.28, 0.2],
  [0.5, 0.2],
  [0.72, 0.2],
  [0.6, 0.45],
  [0.5, 0.65],
  [0.42, 0.85],
];

export type Side = "first" | "second";

/** A selector of a pad's own drawing. */
export const padOf = (side: Side): string => `.pad:nth-of-type(${side === "first" ? 1 : 2}) .sheet > svg`;

/** Where a point of a pad is on the screen. */
export async function onPad(visitor: Visitor, side: Side): Promise<(point: Point) => { x: number; y: number }> {
  await visitor.until((pad) => document.querySelector(pad) !== null, padOf(side));
  const box = await visitor.page.$eval(padOf(side), (pad) => {
    pad.scrollIntoView({ block: "center" });
    const { left, top, width, height } = pad.getBoundingClientRect();
    return { left, top, width, height };
  });
  return ([x, y]) => ({ x: box.left + x * box.width, y: box.top + y * box.height });
}

/**
 * Draws a stroke with the mouse.
 *
 * @param atEnd  what happens while the pen is still down
 */
export async function drawWithMouse(
  visitor: Visitor,
  side: Side,
  stroke: readonly Point[],
  atEnd?: () => Promise<void>,
): Promise<void> {
  const place = await onPad(visitor, side);
  const { mouse } = visitor.page;
  const [first, ...others] = stroke.map(place);
  if (!first) return;
  await mouse.move(first.x, first.y);
  await mouse.down();
  for (const { x, y } of others) await mouse.move(x, y, { steps: 3 });
  await atEnd?.();
  await mouse.up();
}

/** The answer to both digits in large letters, once there is one. */
export async function answer(visitor: Visitor): Promise<string> {
  await visitor.until(() => /says:/.test(document.querySelector(".answer")?.textContent ?? ""));
  return (await visitor.texts(".answer strong"))[0] ?? "";
}
