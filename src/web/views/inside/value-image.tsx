import { useEffect, useRef } from "preact/hooks";
import type { Colour } from "../../ui/colouring.js";

interface Properties {
  /** [height, width]. */
  readonly values: readonly number[];
  readonly height: number;
  readonly width: number;
  readonly colour: (value: number) => Colour;
  readonly label: string;
}

/** Numbers as squares of colour. */
export function ValueImage({ values, height, width, colour, label }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    for (const [i, value] of values.entries()) image.data.set(colour(value), 4 * i);
    context.putImageData(image, 0, 0);
  });
  return <canvas ref={canvas} class="pixels values" width={width} height={height} role="img" aria-label={label} />;
}
