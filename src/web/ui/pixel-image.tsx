import { useEffect, useRef } from "preact/hooks";

interface Properties {
  /** [height, width]. */
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** Values that are black and white; default 0 and 255. */
  readonly range?: readonly [number, number];
  /** Negative values in one colour and positive ones in another, by their size: for weights. */
  readonly signed?: boolean;
  readonly label: string;
}

/** A small grey image, each pixel a square. */
export function PixelImage({ pixels, width, height, range = [0, 255], signed = false, label }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [low, high] = range;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const value = pixels[i] as number;
      image.data.set(
        signed
          ? signedColour(value / Math.max(Math.abs(low), Math.abs(high), 1e-12))
          : grey((value - low) / (high - low || 1)),
        4 * i,
      );
    }
    context.putImageData(image, 0, 0);
  }, [pixels, width, height, low, high, signed]);
  return <canvas ref={canvas} class="pixels" width={width} height={height} role="img" aria-label={label} />;
}

/** @param part  0 is black, 1 white */
function grey(part: number): [number, number, number, number] {
  const level = Math.round(255 * Math.min(Math.max(part, 0), 1));
  return [level, level, level, 255];
}

/** Blue below zero, white at zero, vermilion above: told apart with every kind of colour vision. */
function signedColour(part: number): [number, number, number, number] {
  const size = Math.min(Math.abs(part), 1);
  const [red, green, blue] = part < 0 ? [0, 114, 178] : [213, 94, 0];
  const mixed = (channel: number) => Math.round(255 + (channel - 255) * size);
  return [mixed(red), mixed(green), mixed(blue), 255];
}
