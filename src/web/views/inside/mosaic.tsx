import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Shape, UnitPlace } from "../../../core/index.js";
import { colouring } from "../../ui/colouring.js";
import { mosaicLayout, pixelOf, unitAt } from "./mosaic-layout.js";

interface Properties {
  /** [channels, height, width]. */
  readonly values: Float32Array;
  readonly shape: Shape;
  readonly columns?: number;
  readonly label: string;
  readonly selected?: UnitPlace | undefined;
  readonly onPoint?: (unit: UnitPlace) => void;
  /** Whether moving over a unit points at it, without a click. */
  readonly follows?: boolean;
}

/** All maps of a layer in one image. You can point at a unit. */
export function Mosaic({ values, shape, columns, label, selected, onPoint, follows = false }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { channels, height, width } = shape;
  const layout = useMemo(() => mosaicLayout(shape, columns), [channels, height, width, columns]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(layout.width, layout.height);
    const colour = colouring(values);
    for (let at = 0, channel = 0; channel < channels; channel++)
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++) {
          const { x, y } = pixelOf(layout, { channel, row, column });
          image.data.set(colour(values[at++] as number), 4 * (y * layout.width + x));
        }
    context.putImageData(image, 0, 0);
  }, [values, layout]);
  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const box = (currentTarget as Element).getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * layout.width;
    const y = ((clientY - box.top) / box.height) * layout.height;
    const unit = unitAt(layout, shape, x, y);
    if (unit) onPoint?.(unit);
  };
  const mark = selected && pixelOf(layout, selected);
  const part = (value: number, of: number) => `${(100 * value) / of}%`;
  return (
    <div class="mosaic" style={{ width: `${(layout.width * layout.zoom) / 16}rem` }}>
      <canvas
        ref={canvas}
        class="pixels"
        width={layout.width}
        height={layout.height}
        role="img"
        aria-label={label}
        {...(onPoint && { onPointerDown: point, ...(follows && { onPointerMove: point }) })}
      />
      {mark && (
        <div
          class="mark"
          style={{
            left: part(mark.x, layout.width),
            top: part(mark.y, layout.height),
            width: part(1, layout.width),
            height: part(1, layout.height),
          }}
        />
      )}
    </div>
  );
}
