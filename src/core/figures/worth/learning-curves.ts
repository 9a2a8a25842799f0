import * as Plot from "@observablehq/plot";
import type { Worth } from "../../experiments/index.js";
import { factorText } from "../../experiments/worth/factor-text.js";
import type { HintWorth } from "../../experiments/worth/worth.js";
import { exp, ln } from "../../statistics/logarithm.js";
import { count } from "../../text/format.js";
import { type FigureDocument, nested } from "../draw/frame.js";
import { alongLines, type Box, clearestPlace, type Point } from "../draw/label-places.js";
import { plotOf } from "../draw/plot.js";
import { escapeXml } from "../draw/text.js";
import { SERIES } from "../draw/theme.js";
import { logTicks } from "../draw/ticks.js";
import { divergedMarks, errorMarks, roundMarks, spreadApart, type WorthArrow, worthArrows } from "./worth-data.js";

/** Symbols, so that the curves differ in more than colour. */
export const SYMBOLS = ["circle", "square", "triangle", "diamond", "star"] as const;

const MARGIN = { marginTop: 28, marginRight: 150, marginBottom: 40, marginLeft: 50 };

/**
 * The learning curves of a ladder, log error against log pairs: means with their 95% intervals, and every round as a faint dot. An
 * arrow leads from each curve with a hint to the one without it, at the same error, with the factor in training pairs.
 */
export function learningCurvesPanel(
  worth: Worth,
  { width, height }: { readonly width: number; readonly height: number },
  document: FigureDocument,
): string {
  const { curves, sizes, testPairs } = worth;
  const marks = curves.map((curve) => errorMarks(curve, testPairs));
  const rounds = curves.map((curve) => roundMarks(curve, testPairs));
  const shown = [
    ...marks.flatMap((each) => each.flatMap(({ low, high }) => [low, high])),
    ...rounds.flat().map(({ y }) => y),
  ];
  // If every round diverged, there is nothing to show and the axis goes from 1% to 100%.
  const [lowest, highest] = shown.length > 0 ? [Math.min(...shown) - 0.08, Math.max(...shown) + 0.08] : [ln(0.01), 0];
  const lost = curves.map(divergedMarks);
  const [first, last] = [ln(sizes[0] as number), ln(sizes.at(-1) as number)];
  const left = first - 0.12;
  const plot = plotOf({
    width,
    height,
    ...MARGIN,
    document,
    x: {
      label: "Training pairs (logarithmic)",
      domain: [left, last],
      ticks: sizes.map(ln),
      tickFormat: (x: number) => count(Math.round(exp(x))),
    },
    y: {
      label: null,
      domain: [lowest, highest],
      grid: true,
      ticks: logTicks([lowest, highest], 100),
      tickFormat: (y: number) => `${Number((100 * exp(y)).toPrecision(3))}`,
    },
    marks: [
      ...marks.map((each, i) =>
        Plot.areaY(each, {
          x: "x",
          y1: "low",
          y2: "high",
          fill: SERIES[i] as string,
          fillOpacity: 0.18,
          className: `series-${i} area`,
        }),
      ),
      ...rounds.map((each, i) =>
        Plot.dot(each, {
          x: "x",
          y: "y",
          r: 1.6,
          fill: SERIES[i] as string,
          fillOpacity: 0.35,
          className: `series-${i} area`,
        }),
      ),
      ...marks.map((each, i) =>
        Plot.lineY(each, {
          x: "x",
          y: "y",
          stroke: SERIES[i] as string,
          strokeWidth: 2,
          className: `series-${i} line`,
        }),
      ),
      ...marks.map((each, i) =>
        Plot.dot(each, {
          x: "x",
          y: "y",
          r: 4.5,
          symbol: SYMBOLS[i] as (typeof SYMBOLS)[number],
          fill: SERIES[i] as string,
          className: `series-${i} area`,
        }),
      ),
      ...lost.flatMap((each, i) =>
        each.length === 0
          ? []
          : [
              Plot.text(each, {
                x: "x",
                dy: 8 + 12 * i,
                text: "text",
                frameAnchor: "top",
                fill: SERIES[i] as string,
                className: `series-${i} area`,
              }),
            ],
      ),
    ],
  });
  const right = width - MARGIN.marginRight;
  const bottom = height - MARGIN.marginBottom;
  const px = (x: number) => MARGIN.marginLeft + ((x - left) / (last - left)) * (right - MARGIN.marginLeft);
  const py = (y: number) => MARGIN.marginTop + ((highest - y) / (highest - lowest)) * (bottom - MARGIN.marginTop);
  const ends = spreadApart(
    marks.map((each) => py(each.at(-1)?.y ?? highest)),
    16,
    bottom,
  );
  const names = curves.map(
    ({ title }, i) =>
      `<text class="series-${i} area" x="${right + 10}" y="${round(ends[i] as number)}" dy="0.35em" fill="${SERIES[i]}" font-weight="600" text-anchor="start">${title}</text>`,
  );
  const at = worth.hints[0]?.at;
  const guide =
    at === undefined
      ? ""
      : `<path d="M${round(px(ln(at)))},${MARGIN.marginTop}V${bottom}" stroke="currentColor" stroke-opacity="0.35" stroke-dasharray="2 4"/>`;
  const arrows = worthArrows(worth).map((arrow) => placed(arrow, { px, py, right }));
  const lines = marks.map((each) => alongLines(each.map(({ x, y }) => ({ x: px(x), y: py(y) }))));
  const labels = placeLabels(arrows, lines.flat());
  const axis = `<text x="12" y="10" text-anchor="start">Test error (% of pairs, logarithmic)</text>`;
  return `${axis}<g>${guide}</g>${nested(plot, { x: 0, y: 0, width, height })}<g>${arrows.map(arrowOf).join("\n")}</g><g>${labels.join("\n")}</g><g>${names.join("\n")}</g>`;
}

/** The radius of the mark from which an arrow starts. */
const MARK = 7;
const HEAD = 6;

interface Places {
  readonly px: (x: number) => number;
  readonly py: (y: number) => number;
  readonly right: number;
}

/** In pixels. */
interface PlacedArrow {
  readonly start: number;
  readonly tip: number;
  readonly y: number;
  /** Whether there is no room for an arrow, only for its label. */
  readonly short: boolean;
  readonly hint: HintWorth;
}

function placed({ from, to, y, hint }: WorthArrow, { px, py, right }: Places): PlacedArrow {
  const start = px(from);
  const tip = hint.bound === "lower" ? right : px(to);
  return { start, tip, y: py(y), short: Math.abs(tip - start) < MARK + 2 * HEAD, hint };
}

function arrowOf({ start, tip, y, short }: PlacedArrow): string {
  if (short) return "";
  const sign = tip < start ? -1 : 1;
  const [point, back] = [round(tip - sign), round(tip - sign * (HEAD + 1))];
  return `<path d="M${round(start + sign * MARK)},${round(y)}H${point}M${back},${round(y - 4)}L${point},${round(y)}L${back},${round(y + 4)}" fill="none" stroke="currentColor" stroke-width="1.75"/>`;
}

/** The height of a label and the width of a character, in pixels. */
const LABEL = { height: 15, character: 9 };

/** The factor of each arrow, above it, below it or at its tip: where it covers least of curves and other arrows. */
function placeLabels(arrows: readonly PlacedArrow[], curves: readonly Point[]): string[] {
  const taken: Box[] = [];
  return arrows.map((arrow) => {
    const { start, tip, y, hint } = arrow;
    const text = factorText(hint);
    const width = LABEL.character * text.length;
    const others = arrows.filter((other) => other !== arrow);
    const shafts = others.flatMap((other) =>
      alongLines([
        { x: other.start, y: other.y },
        { x: other.tip, y: other.y },
      ]),
    );
    const box = (left: number, top: number): Box => ({ left, right: left + width, top, bottom: top + LABEL.height });
    const middle = (start + tip - width) / 2;
    const places = [
      box(middle, y - LABEL.height - 4),
      box(middle, y + 5),
      box(Math.max(start, tip) + 8, y - LABEL.height / 2),
    ];
    const place = places[clearestPlace(places, [...curves, ...shafts], taken)] as Box;
    taken.push(place);
    return `<text class="halo" x="${round((place.left + place.right) / 2)}" y="${round(place.bottom - 3)}" font-size="14" font-weight="700">${escapeXml(text)}</text>`;
  });
}

const round = (pixels: number): number => Math.round(10 * pixels) / 10;
