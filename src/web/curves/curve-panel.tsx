import { useCallback, useRef, useState } from "preact/hooks";
import { DrawnPlot } from "./drawn-plot.js";
import type { Panel } from "./figures.js";
import type { Figures } from "./use-figures.js";

interface Properties {
  readonly panel: Panel;
  readonly figures: Figures;
  readonly epochs: readonly number[];
  readonly pointed: number | undefined;
  readonly onPoint: (epoch: number | undefined) => void;
}

const SIZE = { width: 370, height: 250 };

/** A chart. It is drawn again when it changes and the page has time for it. */
export function CurvePanel({ panel, figures, epochs, pointed, onPoint }: Properties) {
  const scale = useRef<{ apply(epoch: number): number; invert?(x: number): number } | undefined>(undefined);
  const [drawn, setDrawn] = useState(0);
  const draw = useCallback(() => {
    const plot = figures.panelPlot(panel, SIZE, document);
    scale.current = plot.scale("x") as typeof scale.current;
    return plot;
  }, [panel, figures]);
  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const box = (currentTarget as HTMLElement).getBoundingClientRect();
    const epoch = scale.current?.invert?.(((clientX - box.left) / box.width) * SIZE.width);
    if (epoch === undefined) return;
    const distance = (each: number) => Math.abs(each - epoch);
    onPoint(epochs.reduce((nearest, each) => (distance(each) < distance(nearest) ? each : nearest), epochs[0] ?? 1));
  };
  const x = drawn > 0 && pointed !== undefined ? scale.current?.apply(pointed) : undefined;
  return (
    <div class="panel" onPointerMove={point} onPointerDown={point} onPointerLeave={() => onPoint(undefined)}>
      <DrawnPlot draw={draw} onDrawn={() => setDrawn((count) => count + 1)} />
      {x !== undefined && <div class="pointed" style={{ left: `${(100 * x) / SIZE.width}%` }} />}
    </div>
  );
}
