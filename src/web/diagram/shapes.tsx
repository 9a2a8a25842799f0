import { isFlat } from "../../core/network/shape.js";
import { mapSize, stackOf } from "./boxes.js";
import type { Activations, Arrow, Box, Frame, Point } from "./drawing.js";

/** The offset of each copy in a stack of trunks. */
const COPY_STEP = 2.5;
/** The most copies that a stack shows. */
const MOST_COPIES = 4;
const HEAD = { length: 6, half: 3 } as const;
const DIGITS = ["M9 9Q14 3 19 9Q19 14 9 22H20", "M9 7H20Q14 13 12 23"] as const;

const path = (points: readonly Point[]) => `M${points.map(([x, y]) => `${x} ${y}`).join("L")}`;

export function ArrowShape({ kind, points }: Arrow) {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return null;
  const [dx, dy] = [Math.sign(end[0] - before[0]), Math.sign(end[1] - before[1])];
  const back: Point = [end[0] - dx * HEAD.length, end[1] - dy * HEAD.length];
  const head: Point[] = [
    end,
    [back[0] + dy * HEAD.half, back[1] + dx * HEAD.half],
    [back[0] - dy * HEAD.half, back[1] - dx * HEAD.half],
  ];
  return (
    <g class={`arrow ${kind}`}>
      <path class="line" d={path([...points.slice(0, -1), back])} />
      <path class="head" d={`${path(head)}Z`} />
    </g>
  );
}

/** The front one, and its copies behind it to the right. */
export function FrameShape({ copies, ...area }: Frame) {
  const behind = Array.from({ length: Math.min(copies, MOST_COPIES) }, (_, copy) => copy * COPY_STEP).reverse();
  return behind.map((step) => <rect key={step} class="frame" {...area} x={area.x + step} y={area.y - step} rx={6} />);
}

export function BoxShape({ kind, ...area }: Box) {
  const { x, y, width, height } = area;
  if (kind === "sum")
    return (
      <g class="box sum">
        <circle cx={x + width / 2} cy={y + height / 2} r={width / 2} />
        <path d={`M${x + 4} ${y + height / 2}H${x + width - 4}M${x + width / 2} ${y + 4}V${y + height - 4}`} />
      </g>
    );
  const round = kind === "loss" || kind === "answer" ? height / 2 : 4;
  return <rect class={`box ${kind}`} {...area} rx={kind === "image" ? 0 : round} />;
}

/** A handwritten digit in an image whose corner is at 0, 0. */
export function Digit({ index, x, y }: { readonly index: number; readonly x: number; readonly y: number }) {
  return <path class="digit" d={DIGITS[index % 2]} transform={`translate(${x} ${y})`} />;
}

/** Draws maps as a stack of squares, and a vector as a bar. */
export function ActivationsShape({ shape, x, y, width, height }: Activations) {
  if (isFlat(shape)) return <rect class="activations" x={x} y={y} width={width} height={height} />;
  const map = mapSize(shape);
  return stackOf(shape)
    .reverse()
    .map((step) => <rect key={step} class="activations" x={x + step} y={y + height - map.height - step} {...map} />);
}
