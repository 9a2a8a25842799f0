import { useEffect, useRef } from "preact/hooks";
import { greyBetween } from "./colouring.js";

interface Properties {
  /** [height, width], 0–255. */
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

const grey = greyBetween(0, 255);

/** A small grey image with square pixels. */
export function PixelImage({ pixels, width, height, label }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) image.data.set(grey(pixels[i] as number), 4 * i);
    context.putImageData(image, 0, 0);
  }, [pixels, width, height]);
  return <canvas ref={canvas} class="pixels" width={width} height={height} role="img" aria-label={label} />;
}
