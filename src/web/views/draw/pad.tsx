import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { StrokePoint } from "../../../core/index.js";
import type { Drawing } from "../../state/drawing.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { Pen } from "./pen.js";

interface Properties {
  /** "First digit". */
  readonly label: string;
  /** In the empty pad. */
  readonly prompt: string;
  readonly drawing: Drawing;
  /** What stands below the pad. */
  readonly children?: ComponentChildren;
}

/** The step of an arrow key, as a part of the pad's width. */
const STEP = 0.05;

/** A pad to draw on with a mouse, a pen, a finger or the keyboard, and the image that a network sees. */
export function Pad({ label, prompt, drawing, children }: Properties) {
  const { strokes, picture, isDrawn, image } = drawing;
  const pen = useMemo(() => new Pen(drawing), [drawing]);
  const [cursor, setCursor] = useState<StrokePoint | undefined>(undefined);
  /** The pointer that draws. A second finger does not. */
  const pointer = useRef<number | undefined>(undefined);
  const place = ({ clientX, clientY }: PointerEvent, pad: Element): StrokePoint => {
    const { left, top, width, height } = pad.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || pointer.current !== undefined) return;
    pointer.current = event.pointerId;
    const pad = event.currentTarget as Element;
    pad.setPointerCapture(event.pointerId);
    setCursor(undefined);
    pen.down(place(event, pad));
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerId !== pointer.current) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    const pad = event.currentTarget as Element;
    pen.move(...(moves.length > 0 ? moves : [event]).map((move) => place(move, pad)));
  };
  const onPointerEnd = ({ pointerId }: PointerEvent) => {
    if (pointerId !== pointer.current) return;
    pointer.current = undefined;
    pen.up();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? { x: 0.5, y: 0.5 };
    const direction = DIRECTIONS[event.key];
    if (direction) {
      const to = { x: inside(at.x + direction.x * STEP), y: inside(at.y + direction.y * STEP) };
      setCursor(to);
      pen.move(to);
    } else if (event.key === " " || event.key === "Enter") {
      setCursor(at);
      if (pen.isDown) pen.up();
      else pen.down(at);
    } else if (event.key === "Backspace") pen.undo();
    else if (event.key === "Delete") pen.clear();
    else return;
    event.preventDefault();
  };
  const seen = image.value;
  const isEmpty = strokes.value.length === 0 && !picture.value;
  return (
    <div class="pad">
      <h2>{label}</h2>
      <div class="sheet">
        <svg
          viewBox="0 0 1 1"
          // SVG's attribute names are case-sensitive.
          tabindex={0}
          role="application"
          aria-label={`${label}: pad to draw on. Arrow keys move the pen, space puts it down or lifts it, backspace takes the last stroke back.`}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerEnd}
          onPointerCancel={onPointerEnd}
          onKeyDown={onKeyDown}
        >
          {strokes.value.map((stroke, i) => (
            <polyline key={i} points={polyline(stroke)} />
          ))}
          {cursor && <circle class={isDrawn.value ? "cursor down" : "cursor"} cx={cursor.x} cy={cursor.y} r={0.03} />}
        </svg>
        {picture.value && <PixelImage pixels={picture.value} width={14} height={14} label={`${label}: a test image`} />}
        {isEmpty && (
          <p class="prompt" aria-hidden="true">
            {prompt}
          </p>
        )}
      </div>
      <div class="row">
        <button type="button" disabled={isEmpty} onClick={() => pen.undo()}>
          Undo
        </button>
        <button type="button" disabled={isEmpty} onClick={() => pen.clear()}>
          Clear
        </button>
        <figure class="seen">
          <PixelImage
            pixels={seen ?? BLANK}
            width={14}
            height={14}
            label={seen ? `${label} as the network sees it` : `${label}: nothing is drawn yet`}
          />
          <figcaption class="faint">what networks see, 14×14</figcaption>
        </figure>
      </div>
      {children}
    </div>
  );
}

const BLANK = new Float32Array(14 * 14);

const DIRECTIONS: Readonly<Record<string, StrokePoint>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const inside = (value: number): number => Math.min(Math.max(value, 0.02), 0.98);

/** A line from a point to itself is a dot with round ends. */
const polyline = (stroke: readonly StrokePoint[]): string =>
  (stroke.length === 1 ? [...stroke, ...stroke] : stroke).map(({ x, y }) => `${x},${y}`).join(" ");
