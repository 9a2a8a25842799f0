import * as Plot from "@observablehq/plot";
import { findArchitecture } from "../../architectures/index.js";
import type { TunedSetting, Tuning } from "../../experiments/tune/index.js";
import { headingOf } from "../../experiments/tune/words.js";
import { exp } from "../../statistics/logarithm.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { HOLLOW_STYLE, SERIES } from "../draw/theme.js";
import { domainTicks, fewPercentages, logTicks } from "../draw/ticks.js";
import { climbs, cutOff, ownLevel, someDiverged, type TrialMark, trialMarks } from "./tune-data.js";

const HEADER = 58;
const HEIGHT = 216;
const COLUMNS = 3;
const LEFT = 46;
const GAP = 14;
const MARGIN = { marginTop: 12, marginRight: 8, marginBottom: 46 };

/** The look of each kind of trial, which differs in more than colour. */
const KINDS = {
  other: { series: 0, symbol: "circle" },
  own: { series: 4, symbol: "square" },
  best: { series: 1, symbol: "diamond" },
} as const;

interface Shared {
  readonly y: readonly [number, number];
  readonly ticks: readonly number[];
  readonly document: FigureDocument;
}

/**
 * The trials of a tuning: for each setting a panel with their validation errors against its value, and a panel that follows them up
 * the rungs of halving. It is an SVG document, readable on light and on dark paper.
 */
export function tuneSvg(tuning: Tuning, document: FigureDocument): string {
  const { settings, trials, chosen, plan } = tuning;
  const levels = [...settings.flatMap(({ setting, domain }) => trialMarks(tuning, setting, domain)).map(({ y }) => y)];
  levels.push(ownLevel(tuning), ...climbs(tuning).flatMap(({ points }) => points.map(({ y }) => y)));
  const [low, high] = [Math.min(...levels) - 0.06, Math.max(...levels) + 0.06];
  const ticks = logTicks([low, high], 100, fewPercentages);
  const shared: Shared = { y: [low, high], ticks, document };
  const follows = plan.rungs.length > 1;
  const panels = settings.length + (follows ? 1 : 0);
  const columns = Math.min(COLUMNS, panels);
  const own = (WIDTH - LEFT - 8 - GAP * (columns - 1)) / columns;
  const placed = Array.from({ length: panels }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const left = column === 0 ? LEFT : GAP;
    const size = { width: left + own, height: HEIGHT };
    const setting = settings[i];
    const plot = setting
      ? settingPlot(tuning, setting, { ...shared, ...size, left })
      : halvingPlot(tuning, { ...shared, ...size, left });
    return nested(plot, { x: column === 0 ? 0 : LEFT + column * (own + GAP) - GAP, y: HEADER + row * HEIGHT, ...size });
  });
  const best = trials[chosen];
  return framed({
    height: HEADER + Math.ceil(panels / columns) * HEIGHT + 4,
    title: `Validation error by setting: ${findArchitecture(tuning.architecture).title}`,
    description: `The best of ${trials.length} trials has a validation error of ${(100 * (best?.mean ?? Number.NaN)).toFixed(1)}%: ${settings.map(({ option, chosen }) => `${option} ${chosen}`).join(", ")}.`,
    content: `<style>${HOLLOW_STYLE}</style>
${key(tuning)}
${placed.join("\n")}`,
  });
}

/** The meaning of the marks, in one row. */
function key(tuning: Tuning): string {
  const { plan } = tuning;
  const most = plan.rungs.at(-1) as number;
  const { other, own, best } = KINDS;
  const circle = (x: number, share: number) =>
    `<circle class="series-${other.series} area" cx="${x}" cy="40" r="${radius(share)}" fill="${SERIES[other.series]}" fill-opacity="${opacity(share)}"/>`;
  const trials =
    most > 1
      ? `${circle(16, 1 / most)}${circle(29, 1)}<text x="40" y="44">a trial, of 1 to ${most} rounds</text>`
      : `${circle(29, 1)}<text x="40" y="44">a trial</text>`;
  const above = cutOff(tuning)
    ? `<path class="series-${other.series} area" d="M572,35l5,9h-10z" fill="${SERIES[other.series]}" fill-opacity="${opacity(1 / most)}"/><text x="584" y="44">higher than shown</text>`
    : "";
  const lost = someDiverged(tuning)
    ? `<path d="M${cutOff(tuning) ? 706 : 569},36l7,8m0,-8l-7,8" stroke="currentColor" stroke-width="1.5"/><text x="${cutOff(tuning) ? 718 : 581}" y="44">diverged</text>`
    : "";
  return `<g text-anchor="start">${trials}
<path class="series-${best.series} area" d="M226,33l7,7l-7,7l-7,-7z" fill="${SERIES[best.series]}"/><text x="240" y="44">the best</text>
<path class="series-${own.series} line" d="M312,40h34" stroke="${SERIES[own.series]}" stroke-width="1.25" stroke-dasharray="4 3"/><rect class="series-${own.series} line hollow" x="324" y="35" width="10" height="10" fill="#ffffff" stroke="${SERIES[own.series]}" stroke-width="1.75"/><text x="354" y="44">the architecture's own settings</text>
${above}${lost}</g>`;
}

const radius = (share: number): number => 2.4 + 2.6 * Math.sqrt(share);
const opacity = (share: number): number => 0.3 + 0.6 * share;

interface PanelSize extends Shared {
  readonly width: number;
  readonly height: number;
  readonly left: number;
}

/** The common part of all panels. The first of a row names the errors. */
function panel({ width, height, left, y, ticks, document }: PanelSize, x: Plot.ScaleOptions, marks: Plot.Markish[]) {
  const first = left === LEFT;
  return plotOf({
    width,
    height,
    ...MARGIN,
    marginLeft: left,
    document,
    x,
    y: {
      label: null,
      domain: [...y],
      grid: true,
      ticks: [...ticks],
      tickSize: first ? 6 : 0,
      tickFormat: first ? (level: number) => `${Number((100 * exp(level)).toPrecision(3))}%` : () => "",
    },
    marks,
  });
}

function settingPlot(tuning: Tuning, { setting, domain }: TunedSetting, size: PanelSize) {
  const marks = trialMarks(tuning, setting, domain);
  const ticks = domainTicks(domain);
  const names = new Map(ticks.map(({ place, text }) => [place, text]));
  const scale = domain.kind === "range" && domain.scale !== "linear" ? " (logarithmic)" : "";
  return panel(
    size,
    {
      label: `${headingOf(setting)}${scale}`,
      domain: [-0.04, 1.04],
      ticks: ticks.map(({ place }) => place),
      tickFormat: (place: number) => names.get(place) ?? "",
    },
    [ownRule(tuning), ...(["other", "own", "best"] as const).map((kind) => dots(marks, kind)), crosses(marks)],
  );
}

/** The line of the own settings' error. There is none if they diverged. */
const ownRule = (tuning: Tuning) =>
  Plot.ruleY(Number.isNaN(tuning.trials[0]?.mean) ? [] : [ownLevel(tuning)], {
    stroke: SERIES[KINDS.own.series],
    strokeWidth: 1.25,
    strokeDasharray: "4 3",
    className: `series-${KINDS.own.series} line`,
  });

function dots(all: readonly TrialMark[], kind: TrialMark["kind"]) {
  const { series, symbol } = KINDS[kind];
  const marks = all.filter((mark) => mark.kind === kind && !mark.diverged);
  if (kind === "other")
    return Plot.dot(marks, {
      x: "x",
      y: "y",
      r: ({ share }: TrialMark) => radius(share),
      symbol: ({ beyond }: TrialMark) => (beyond ? "triangle" : symbol),
      fill: SERIES[series],
      fillOpacity: ({ share }: TrialMark) => opacity(share),
      className: `series-${series} area`,
    });
  return Plot.dot(marks, {
    x: "x",
    y: "y",
    r: kind === "best" ? 6.5 : 5,
    symbol,
    ...(kind === "best"
      ? { fill: SERIES[series], className: `series-${series} area` }
      : { fill: "#ffffff", stroke: SERIES[series], strokeWidth: 1.75, className: `series-${series} line hollow` }),
  });
}

/** Trials that diverged. */
const crosses = (all: readonly TrialMark[]) =>
  Plot.dot(
    all.filter(({ diverged }) => diverged),
    { x: "x", y: "y", r: 4, symbol: "times", stroke: "currentColor", strokeWidth: 1.5 },
  );

/** Each trial's mean error from rung to rung. */
function halvingPlot(tuning: Tuning, size: PanelSize) {
  const { rungs } = tuning.plan;
  const lines = climbs(tuning).flatMap(({ kind, points }) => {
    const { series } = KINDS[kind];
    const color = SERIES[series];
    const line = Plot.lineY(points, {
      x: "rung",
      y: "y",
      stroke: color,
      strokeWidth: kind === "other" ? 1 : 2,
      strokeOpacity: kind === "other" ? 0.45 : 1,
      ...(kind === "own" ? { strokeDasharray: "4 3" } : {}),
      className: `series-${series} line`,
    });
    if (kind === "other") return [line];
    return [line, Plot.dot(points, { x: "rung", y: "y", r: 3.5, fill: color, className: `series-${series} area` })];
  });
  return panel(
    size,
    {
      label: "Halving: mean over the first rounds",
      domain: [-0.15, rungs.length - 0.85],
      ticks: rungs.map((_, rung) => rung),
      tickFormat: (rung: number) => String(rungs[rung]),
    },
    lines,
  );
}
