import { useRef } from "preact/hooks";
import { count, percent } from "../../../core/text/format.js";
import { spreadApart } from "../../curves/spread-apart.js";
import { dotAt, inDrawing, movedTo, pathOf } from "./chart-places.js";
import { studyColour } from "./colours.js";
import { Crossing } from "./crossing.js";
import type { OwnPoint } from "./own-points.js";
import { MARKS, pairsAtPlace, placeOfError, placeOfPairs } from "./scales.js";
import { worthInWords } from "./sentence.js";
import { nearestStop, stopAfterKey } from "./stops.js";
import { FEWEST, MOST, networks, type Step, type StudiedNetwork, sizes, type Worth } from "./study.js";

interface Properties {
  readonly step: Step;
  readonly worth: Worth;
  readonly stops: readonly number[];
  readonly points: readonly OwnPoint[];
  readonly onPairs: (pairs: number) => void;
}

/** The height of a label, in parts of the chart's. */
const LABEL = 0.068;
/** A finger that moves further than so many pixels does not tap. */
const TAP = 10;

/** The study's learning curves, with a handle at a number of pairs. From there a line runs to the curve without the hint. */
export function WorthChart({ step, worth, stops, points, onPairs }: Properties) {
  const plot = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  /** While it is dragged: how far to the right of the handle's place the pointer took it, in pixels. */
  const grip = useRef<number | undefined>(undefined);
  /** Where a finger came down beside the handle. */
  const tap = useRef<number | undefined>(undefined);
  const { pairs } = worth;
  const goTo = (clientX: number) => {
    const { left, width } = (plot.current as HTMLDivElement).getBoundingClientRect();
    onPairs(nearestStop(stops, pairsAtPlace((clientX - left) / width)));
  };
  const take = (event: PointerEvent) => {
    const { button, clientX, pointerId, pointerType, target } = event;
    const isOnHandle = (target as Element).closest(".handle") !== null;
    if (button !== 0) return;
    // A finger beside the handle may be about to scroll the page: then it is cancelled.
    if (pointerType === "touch" && !isOnHandle) {
      tap.current = clientX;
      return;
    }
    event.preventDefault();
    const { left, width } = (plot.current as HTMLDivElement).getBoundingClientRect();
    plot.current?.setPointerCapture(pointerId);
    grip.current = isOnHandle ? clientX - left - width * placeOfPairs(pairs) : 0;
    handle.current?.focus({ preventScroll: true });
    if (!isOnHandle) goTo(clientX);
  };
  const letGo = ({ type, clientX }: PointerEvent) => {
    const began = tap.current;
    grip.current = undefined;
    tap.current = undefined;
    if (type === "pointerup" && began !== undefined && Math.abs(clientX - began) < TAP) goTo(clientX);
  };
  const press = (event: KeyboardEvent) => {
    const next = stopAfterKey(event.key, pairs, stops, sizes);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onPairs(next);
  };
  return (
    <figure class="worth-chart">
      <figcaption class="faint">Test error by training pairs; logarithmic axes</figcaption>
      <div
        ref={plot}
        class="plot"
        onPointerDown={take}
        onPointerMove={({ clientX }) => grip.current !== undefined && goTo(clientX - grip.current)}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <Axes />
        <Drawing step={step} />
        <Names step={step} />
        <div class="handle-place" style={movedTo(placeOfPairs(pairs))}>
          <div class="handle">
            <span class="pairs" aria-hidden="true">
              {count(pairs)} pairs
            </span>
            <div
              ref={handle}
              class="knob"
              role="slider"
              tabIndex={0}
              aria-label="Training pairs"
              aria-valuemin={FEWEST}
              aria-valuemax={MOST}
              aria-valuenow={pairs}
              aria-valuetext={worthInWords(worth)}
              onKeyDown={press}
            />
          </div>
        </div>
        <Crossing step={step} worth={worth} />
        <OwnPoints points={points} step={step} pairs={pairs} />
      </div>
    </figure>
  );
}

function Axes() {
  return (
    <div aria-hidden="true">
      <div class="vertical">
        {MARKS.map((mark) => (
          <span key={mark} style={{ top: `${100 * placeOfError(mark)}%` }}>
            {100 * mark}%
          </span>
        ))}
      </div>
      <div class="horizontal">
        {sizes.map((size) => (
          <span key={size} style={{ left: `${100 * placeOfPairs(size)}%` }}>
            {count(size)}
          </span>
        ))}
      </div>
    </div>
  );
}

const isOf = ({ hinted, plain }: Step, network: StudiedNetwork): boolean => network === hinted || network === plain;

/** The curves with their bands, those of the step on top. */
function Drawing({ step }: { readonly step: Step }) {
  const order = networks.toSorted((a, b) => Number(isOf(step, a)) - Number(isOf(step, b)));
  return (
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
      {MARKS.map((mark) => (
        <line
          key={mark}
          class="grid"
          x1="0"
          x2="1000"
          y1={inDrawing(placeOfError(mark))}
          y2={inDrawing(placeOfError(mark))}
        />
      ))}
      {order.map((network) => (
        <CurveOf key={network.architecture} network={network} isAside={!isOf(step, network)} />
      ))}
    </svg>
  );
}

function CurveOf({ network, isAside }: { readonly network: StudiedNetwork; readonly isAside: boolean }) {
  const { means } = network;
  const side = (end: 0 | 1) => means.map(({ mean, ci95 }, i) => [sizes[i] as number, ci95?.[end] ?? mean] as const);
  const middle = means.map(({ mean }, i) => [sizes[i] as number, mean] as const);
  return (
    <g class={isAside ? "aside" : ""} style={{ "--colour": studyColour(network) }}>
      <polygon class="band" points={pathOf([...side(1), ...side(0).toReversed()])} />
      <polyline class="mean" points={pathOf(middle)} />
      {middle.map(([pairs, error]) => (
        <path key={pairs} class="dot" d={dotAt(pairs, error)} />
      ))}
    </g>
  );
}

/** Each line's end says whose it is. */
function Names({ step }: { readonly step: Step }) {
  const places = spreadApart(
    networks.map(({ means }) => placeOfError(means.at(-1)?.mean ?? 1)),
    LABEL,
    1,
  );
  return (
    <div class="names" aria-hidden="true">
      {networks.map((network, i) => (
        <b
          key={network.architecture}
          class={isOf(step, network) ? "" : "aside"}
          style={{ top: `${100 * (places[i] ?? 0)}%`, "--colour": studyColour(network) }}
        >
          {network.title}
        </b>
      ))}
    </div>
  );
}

/** The runs of this page. Those at the handle say their error. */
function OwnPoints({ points, step, pairs }: Pick<Properties, "points" | "step"> & { readonly pairs: number }) {
  return (
    <div aria-hidden="true">
      {points.map((point) => {
        const network = networks.find(({ architecture }) => architecture === point.architecture) as StudiedNetwork;
        const x = placeOfPairs(point.pairs);
        return (
          <span
            key={point.id}
            class={x > 0.25 ? "own-point" : "own-point to-the-right"}
            style={{ ...movedTo(x, placeOfError(point.error)), "--colour": studyColour(network) }}
          >
            <i />
            {point.pairs === pairs && isOf(step, network) && (
              <em>
                <span class="word">your run: </span>
                {percent(point.error)}
              </em>
            )}
          </span>
        );
      })}
    </div>
  );
}
