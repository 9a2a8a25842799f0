import * as Plot from "@observablehq/plot";
import type { Worth } from "../../experiments/index.js";
import { factorNumber } from "../../experiments/worth/factor-text.js";
import type { HintWorth } from "../../experiments/worth/worth.js";
import { exp, ln } from "../../statistics/logarithm.js";
import { count } from "../../text/format.js";
import { type FigureDocument, nested } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { SERIES } from "../draw/theme.js";
import { logTicks } from "../draw/ticks.js";
import { SYMBOLS } from "./learning-curves.js";
import { type FactorMark, factorMarks } from "./worth-data.js";

const LEFT = 50;
const GAP = 6;
const MARGIN = { marginTop: 28, marginRight: 24, marginBottom: 40 };

/**
 * A panel for each hint with its factor against training pairs, all on the same scale. Factors that the sizes cannot show are shaded.
 * An arrow into the shade is a bound.
 */
export function factorPanels(
  { hints, sizes }: Worth,
  { width, height }: { readonly width: number; readonly height: number },
  document: FigureDocument,
): string {
  const marks = hints.map((hint) => factorMarks(hint, sizes));
  const values = marks.flat().flatMap(({ low, high, y }) => [low, high, y]);
  const domain = {
    x: [ln(sizes[0] as number) - 0.3, ln(sizes.at(-1) as number) + 0.3],
    y: [Math.min(0, ...values) - 0.45, Math.max(ln(2), ...values) + 0.45],
  } as const;
  const own = (width - LEFT - GAP * (hints.length - 1)) / hints.length;
  return hints
    .map((hint, i) => {
      const left = i === 0 ? LEFT : GAP;
      const size = { width: left + own, height };
      const x = i === 0 ? 0 : LEFT + i * (own + GAP) - GAP;
      const plot = factorPlot(hint, marks[i] ?? [], i + 1, { ...size, left, domain, sizes, document });
      return nested(plot, { x, y: 0, ...size });
    })
    .join("\n");
}

interface FactorPlot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  readonly sizes: readonly number[];
  readonly document: FigureDocument;
}

function factorPlot(
  { hint }: HintWorth,
  marks: readonly FactorMark[],
  series: number,
  { left, domain, sizes, document, ...size }: FactorPlot,
): ReturnType<typeof Plot.plot> {
  const color = SERIES[series] as string;
  const line = `series-${series} line`;
  const area = `series-${series} area`;
  const symbol = SYMBOLS[series] as (typeof SYMBOLS)[number];
  const named = namedSizes(sizes);
  const told = marks.filter(({ bound }) => !bound);
  const shade = (limit: number, side: "above" | "below") => {
    const inside = (y: number) => Math.min(Math.max(y, domain.y[0]), domain.y[1]);
    const outer = domain.y[side === "above" ? 1 : 0];
    // A factor's logarithm is that of the pairs without the hint minus that of the pairs with it.
    const corners = [domain.x[0], limit - domain.y[1], limit - domain.y[0], domain.x[1]];
    const within = corners.filter((x) => x >= domain.x[0] && x <= domain.x[1]);
    const points = within.map((x) => ({ x, y: inside(limit - x) }));
    return Plot.areaY(points, { x: "x", y1: "y", y2: () => outer, fill: "currentColor", fillOpacity: 0.08 });
  };
  return plotOf({
    ...size,
    ...MARGIN,
    marginLeft: left,
    document,
    x: {
      label: "Training pairs",
      domain: [...domain.x],
      ticks: sizes.map(ln),
      tickFormat: (x: number) => (named.has(Math.round(exp(x))) ? count(Math.round(exp(x))) : ""),
    },
    y: {
      label: null,
      domain: [...domain.y],
      grid: true,
      ticks: logTicks(domain.y),
      tickFormat: left === LEFT ? (y: number) => `${Number(factorNumber(exp(y)))}×` : () => "",
      tickSize: left === LEFT ? 6 : 0,
    },
    marks: [
      shade(ln(sizes.at(-1) as number), "above"),
      shade(ln(sizes[0] as number), "below"),
      Plot.ruleY([0], { stroke: "currentColor", strokeWidth: 1.25 }),
      Plot.text([hint], { frameAnchor: "top", dy: -20, fill: color, fontWeight: 600, className: area }),
      Plot.ruleX(told, {
        x: "x",
        y1: "low",
        y2: "high",
        stroke: color,
        strokeWidth: 3,
        strokeOpacity: 0.45,
        className: line,
      }),
      Plot.lineY(told, { x: "x", y: "y", stroke: color, strokeWidth: 2, className: line }),
      Plot.dot(told, { x: "x", y: "y", r: 4.5, symbol, fill: color, className: area }),
      arrows(
        marks.filter(({ up }) => up),
        "high",
        1,
        { color, line },
      ),
      arrows(
        marks.filter(({ down }) => down),
        "low",
        -1,
        { color, line },
      ),
    ],
  });
}

/** Arrows outwards from the ends of bars. */
const arrows = (
  marks: readonly FactorMark[],
  end: "high" | "low",
  direction: 1 | -1,
  { color, line }: { readonly color: string; readonly line: string },
) =>
  Plot.arrow(marks, {
    x: "x",
    y1: end,
    y2: (mark: FactorMark) => mark[end] + 0.35 * direction,
    stroke: color,
    strokeWidth: 1.5,
    headLength: 7,
    className: line,
  });

/** The sizes that the axis has room to name: the first, the last, and one near the middle. */
function namedSizes(sizes: readonly number[]): ReadonlySet<number> {
  const middle = sizes.includes(1000) ? 1000 : sizes[sizes.length >> 1];
  return new Set([sizes[0] as number, middle as number, sizes.at(-1) as number]);
}
