import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { digitFromStrokes, pooledDigit, type StrokePoint } from "../../core/index.js";

export type Stroke = readonly StrokePoint[];

/** What is on a pad: strokes, or a picture in their place. */
export interface Drawing {
  /** In parts of the pad's width. */
  readonly strokes: Signal<readonly Stroke[]>;
  /** [14, 14], 0–255: an image that was put there. */
  readonly picture: Signal<Float32Array | undefined>;
  /** The pen is down: the stroke is not at its end. */
  readonly isDrawn: Signal<boolean>;
  /** What a network sees: [14, 14], 0–255; undefined of an empty pad. */
  readonly image: ReadonlySignal<Float32Array | undefined>;
}

function newDrawing(): Drawing {
  const strokes = signal<readonly Stroke[]>([]);
  const picture = signal<Float32Array | undefined>(undefined);
  const image = computed(() => {
    if (picture.value) return picture.value;
    const digit = digitFromStrokes(strokes.value);
    return digit && pooledDigit(digit);
  });
  return { strokes, picture, isDrawn: signal(false), image };
}

/** The two pads. They keep what is on them while other views are shown. */
export const drawings: readonly [Drawing, Drawing] = [newDrawing(), newDrawing()];

/** What is on the pads, for the first and the second image; undefined of an empty pad. */
export const onPads = computed((): readonly [Float32Array | undefined, Float32Array | undefined] => [
  drawings[0].image.value,
  drawings[1].image.value,
]);

/** The pair that networks are asked about, when there is a digit on both pads. */
export const drawnPair = computed((): readonly [Float32Array, Float32Array] | undefined => {
  const [first, second] = onPads.value;
  return first && second ? [first, second] : undefined;
});

/** Whether a stroke is being drawn: what is said of the pads changes with each move. */
export const isDrawing = computed(() => drawings.some(({ isDrawn }) => isDrawn.value));

/** Puts an image in each pad, in place of what is there. */
export function putOnPads(images: readonly [Float32Array, Float32Array]): void {
  batch(() => {
    for (const [i, { strokes, picture, isDrawn }] of drawings.entries()) {
      isDrawn.value = false;
      strokes.value = [];
      picture.value = images[i];
    }
  });
}
