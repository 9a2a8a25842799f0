import { useEffect, useRef } from "preact/hooks";
import { greyBetween } from "./colouring.js";
import "./pixel-image.css";

/** An image as networks see it. */
export interface SeenImage {
  /** [channels, height, width]: 0–255, less the background. */
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** 1 of grey, the default; 3 of red, green and blue. */
  readonly channels?: number;
  /** What was taken off the pixels of each channel. */
  readonly background?: readonly number[] | undefined;
}

interface Properties extends SeenImage {
  readonly label: string;
  /** Of its longer side on the screen, in pixels; default as the style sheet says. */
  readonly side?: number;
}

const grey = greyBetween(0, 255);

/** A small image with square pixels. */
export function PixelImage({ pixels, width, height, channels = 1, background, label, side }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    const size = width * height;
    const level = (channel: number, i: number) => (pixels[channel * size + i] as number) + (background?.[channel] ?? 0);
    for (let i = 0; i < size; i++) {
      const colour = channels === 3 ? [level(0, i), level(1, i), level(2, i), 255] : grey(level(0, i));
      image.data.set(colour, 4 * i);
    }
    context.putImageData(image, 0, 0);
  }, [pixels, width, height, channels, background]);
  const scale = side && side / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      class="pixels"
      width={width}
      height={height}
      role="img"
      aria-label={label}
      {...(scale && { style: { width: `${scale * width}px`, height: `${scale * height}px` } })}
    />
  );
}
