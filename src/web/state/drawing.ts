import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { digitFromStrokes, pooledDigit, type StrokePoint } from "../../core/index.js";

export type Stroke = readonly StrokePoint[];

/** The strokes on a pad, in parts of its width, and the image that a network sees: [14, 14], 0–255, undefined without strokes. */
export interface Drawing {
  readonly strokes: Signal<readonly Stroke[]>;
  readonly image: ReadonlySignal<Float32Array | undefined>;
}

function newDrawing(): Drawing {
  const strokes = signal<readonly Stroke[]>([]);
  const image = computed(() => {
    const digit = digitFromStrokes(strokes.value);
    return digit && pooledDigit(digit);
  });
  return { strokes, image };
}

/** The two pads. They keep their strokes while other views are shown. */
export const drawings: readonly [Drawing, Drawing] = [newDrawing(), newDrawing()];

/** The pair that networks are asked about, when both digits are drawn. */
export const drawnPair = computed((): readonly [Float32Array, Float32Array] | undefined => {
  const [first, second] = drawings.map(({ image }) => image.value);
  return first && second ? [first, second] : undefined;
});
