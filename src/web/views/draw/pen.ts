import type { Signal } from "@preact/signals";
import type { StrokePoint } from "../../../core/index.js";
import type { Stroke } from "../../state/drawing.js";

/** A pen that draws strokes on a pad. A pointer or keys move it. */
export class Pen {
  #isDown = false;

  constructor(readonly strokes: Signal<readonly Stroke[]>) {}

  get isDown(): boolean {
    return this.#isDown;
  }

  down(at: StrokePoint): void {
    this.#isDown = true;
    this.strokes.value = [...this.strokes.value, [at]];
  }

  /** Moves the pen, and draws while it is down. */
  move(...points: StrokePoint[]): void {
    const last = this.strokes.value.at(-1);
    if (!this.#isDown || !last) return;
    this.strokes.value = [...this.strokes.value.slice(0, -1), [...last, ...points]];
  }

  up(): void {
    this.#isDown = false;
  }

  undo(): void {
    this.up();
    this.strokes.value = this.strokes.value.slice(0, -1);
  }

  clear(): void {
    this.up();
    this.strokes.value = [];
  }
}
