import * as Plot from "@observablehq/plot";
import type { FigureDocument } from "./frame.js";
import { plotOf } from "./plot.js";
import { type CurvePoint, shownValues } from "./points.js";
import { COLORS } from "./theme.js";
import { epochTicks, roomForTicks } from "./ticks.js";

export interface Panel {
  /** The vertical axis: quantity and unit. */
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly format: (value: number) => string;
  readonly train: readonly CurvePoint[];
  readonly test: readonly CurvePoint[];
  /** The last epoch that there will be, while runs are in training. */
  readonly lastEpoch?: number;
}

const SETS = ["train", "test"] as const;

/** A panel of a figure, of that size in pixels. */
export function panelPlot(
  panel: Panel,
  size: { width: number; height: number },
  document: FigureDocument,
): ReturnType<typeof Plot.plot> {
  const epochs = panel.train.map(({ epoch }) => epoch);
  const [first, last] = [epochs[0] ?? 1, panel.lastEpoch ?? epochs.at(-1) ?? 1];
  const single = isSingle(panel.train);
  const empty = SETS.every((set) => shownValues(panel[set]).length === 0);
  return plotOf({
    ...size,
    marginTop: 28,
    marginRight: 14,
    marginBottom: 36,
    marginLeft: roomForTicks(panel.domain[1]),
    document,
    x: {
      label: "Epoch",
      domain: single && !panel.lastEpoch ? [first - 1, last + 1] : [first, last],
      ticks: epochTicks(first, last),
      tickFormat: String,
    },
    y: {
      label: panel.label,
      labelArrow: "none",
      domain: [...panel.domain],
      nice: true,
      grid: true,
      ticks: 5,
      tickFormat: panel.format,
    },
    marks: [
      ...SETS.map((set) => (single ? deviation(set, panel[set]) : band(set, panel[set]))),
      ...SETS.map((set) => (single ? dot(set, panel[set]) : line(set, panel[set]))),
      ...(empty ? [Plot.text(["no finite number"], { frameAnchor: "middle", fontStyle: "italic" })] : []),
    ],
  });
}

/** A single epoch has no line. It has dots, with their deviations as bars. */
export const isSingle = (points: readonly unknown[]): boolean => points.length < 2;

/** The offsets of dots of a single epoch, which stand side by side, in pixels. */
const SIDE = { train: -10, test: 10 } as const;

type Set = (typeof SETS)[number];

const band = (set: Set, points: readonly CurvePoint[]) =>
  Plot.areaY(points, {
    x: "epoch",
    y1: "low",
    y2: "high",
    fill: COLORS[set],
    fillOpacity: 0.2,
    className: `${set} area`,
  });

const line = (set: Set, points: readonly CurvePoint[]) =>
  Plot.lineY(points, {
    x: "epoch",
    y: "mean",
    stroke: COLORS[set],
    strokeWidth: 2,
    strokeLinecap: "round",
    strokeDasharray: DASHES[set],
    className: `${set} line`,
  });

const deviation = (set: Set, points: readonly CurvePoint[]) =>
  Plot.ruleX(points, {
    x: "epoch",
    y1: "low",
    y2: "high",
    stroke: COLORS[set],
    strokeOpacity: 0.5,
    strokeWidth: 3,
    dx: SIDE[set],
    className: `${set} line`,
  });

const dot = (set: Set, points: readonly CurvePoint[]) =>
  Plot.dot(points, {
    x: "epoch",
    y: "mean",
    r: 4,
    dx: SIDE[set],
    stroke: COLORS[set],
    fill: COLORS[set],
    className: `${set} line area`,
  });

/** Dashes, so that the curves differ in more than colour. */
export const DASHES: Readonly<Record<Set, string>> = { train: "2 5", test: "none" };
