import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Stroke } from "../../state/drawing.js";
import { Pen } from "./pen.js";

const [a, b, c] = [
  { x: 0.1, y: 0.1 },
  { x: 0.2, y: 0.1 },
  { x: 0.3, y: 0.3 },
] as const;

const newPen = () =>
  new Pen({
    strokes: signal<readonly Stroke[]>([]),
    picture: signal<Float32Array | undefined>(undefined),
    isDrawn: signal(false),
  });

test("a pen draws while it is down, and undo takes the last stroke back", () => {
  const pen = newPen();
  const { strokes, isDrawn } = pen.drawing;
  pen.move(a);
  expect(strokes.value).toEqual([]);
  pen.down(a);
  pen.move(b, c);
  expect(isDrawn.value).toBe(true);
  pen.up();
  pen.move(a);
  pen.down(c);
  expect(strokes.value).toEqual([[a, b, c], [c]]);
  pen.undo();
  expect(strokes.value).toEqual([[a, b, c]]);
  expect(isDrawn.value).toBe(false);
});

test("a picture gives way to a stroke, and is taken back by undo and clear", () => {
  const pen = newPen();
  const { strokes, picture } = pen.drawing;
  const image = new Float32Array(14 * 14);
  for (const takeBack of [() => pen.down(a), () => pen.undo(), () => pen.clear()]) {
    picture.value = image;
    takeBack();
    expect(picture.value).toBeUndefined();
  }
  expect(strokes.value).toEqual([]);
});
