import type { StrokePoint } from "../../../core/index.js";
import type { Drawing } from "../../state/drawing.js";

/** A pen that draws strokes on a pad. A pointer or keys move it. */
export class Pen {
  constructor(readonly drawing: Pick<Drawing, "strokes" | "picture" | "isDrawn">) {}

  get isDown(): boolean {
    return this.drawing.isDrawn.peek();
  }

  /** Begins a stroke. A picture that was put on the pad gives way to it. */
  down(at: StrokePoint): void {
    const { strokes, picture, isDrawn } = this.drawing;
    isDrawn.value = true;
    picture.value = undefined;
    strokes.value = [...strokes.value, [at]];
  }

  /** Moves the pen, and draws while it is down. */
  move(...points: StrokePoint[]): void {
    const { strokes } = this.drawing;
    const last = strokes.value.at(-1);
    if (!this.isDown || !last) return;
    strokes.value = [...strokes.value.slice(0, -1), [...last, ...points]];
  }

  up(): void {
    this.drawing.isDrawn.value = false;
  }

  /** Takes the last stroke back, or the picture. */
  undo(): void {
    this.up();
    const { strokes, picture } = this.drawing;
    if (picture.value) picture.value = undefined;
    else strokes.value = strokes.value.slice(0, -1);
  }

  clear(): void {
    this.up();
    this.drawing.picture.value = undefined;
    this.drawing.strokes.value = [];
  }
}
