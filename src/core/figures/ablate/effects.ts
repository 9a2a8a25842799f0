import * as Plot from "@observablehq/plot";
import { type Ablation, type Effect, effectTitle, isClear } from "../../experiments/ablate/index.js";
import { statedInterval } from "../../experiments/shared/claims.js";
import { unitsIn } from "../../experiments/shared/tunings.js";
import { fewestRounds } from "../../statistics/index.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { divergedText } from "../draw/rounds.js";
import { COLORS, HOLLOW_STYLE, SERIES } from "../draw/theme.js";

const LEFT = 240;
const RIGHT = 20;
const ROW = 26;
const HEADER = 66;
/** The height of the title above a group of rows. */
const TITLE = 26;
const AXIS = 44;

/**
 * Main effects and interactions in percentage points: every round, or the mean of every tuning's, as a faint dot, and the mean with its 95% interval. The mean is
 * filled where it differs from zero over all effects, and hollow where it may not. It is an SVG document, readable on light and on
 * dark paper.
 */
export function ablationEffectsSvg(ablation: Ablation, document: FigureDocument): string {
  const rows = ablation.effects.map(rowOf);
  const main = rows.filter(({ interaction }) => !interaction);
  const pairs = rows.filter(({ interaction }) => interaction);
  const values = rows.flatMap(({ perUnit, low, high }) => [...perUnit, low, high, 0]).filter(Number.isFinite);
  const domain = niceDomain(Math.min(...values), Math.max(...values));
  const zero = LEFT + ((0 - domain[0]) / (domain[1] - domain[0])) * (WIDTH - LEFT - RIGHT);
  const mainHeight = main.length * ROW;
  const pairsHeight = pairs.length * ROW + AXIS;
  const pairsTop = HEADER + TITLE + mainHeight + TITLE + 8;
  const { count, words } = unitsIn(ablation);
  const spread =
    count === 1 ? "one round" : `mean, ${count < fewestRounds() ? "" : "95% interval "}and each of ${words}`;
  const group = (y: number, text: string) =>
    `<text x="12" y="${y}" text-anchor="start" font-weight="600">${text}</text>`;
  return framed({
    height: pairsTop + pairsHeight,
    title: "What each hint does to the test error",
    description: rows
      .map(
        ({ title, mean }) =>
          `${title}: ${Number.isNaN(mean) ? "not stated, a network diverged" : `${mean.toFixed(2)} points`}.`,
      )
      .join(" "),
    content: `<style>${HOLLOW_STYLE}</style>
<g text-anchor="start">${mark(17, 39, SERIES[0], "series-0", true)}<text x="30" y="43">differs from zero</text>
${mark(150, 39, SERIES[0], "series-0", false)}<text x="163" y="43">may be zero (Holm, 5%)</text><text x="330" y="43">${spread}</text></g>
<text x="${zero - 10}" y="${HEADER + 2}" text-anchor="end">← lowers test error</text><text x="${zero + 10}" y="${HEADER + 2}" text-anchor="start">raises test error →</text>
${group(HEADER + 16, "with − without")}
${nested(effectsPlot(main, domain, SERIES[0], "series-0", false, document), { x: 0, y: HEADER + TITLE, width: WIDTH, height: mainHeight })}
${group(pairsTop - 8, "first hint's effect with the second − without it")}
${nested(effectsPlot(pairs, domain, SERIES[1], "series-1", true, document), { x: 0, y: pairsTop, width: WIDTH, height: pairsHeight })}`,
  });
}

interface Row {
  readonly title: string;
  readonly interaction: boolean;
  readonly clear: boolean;
  /** In percentage points, like the numbers below. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly perUnit: readonly number[];
  /** Why there is no mean; empty where there is one. */
  readonly lost: string;
}

/** Without an interval, both ends are the mean. */
function rowOf(effect: Effect): Row {
  const [low, high] = statedInterval(effect) ?? [effect.mean, effect.mean];
  return {
    title: effectTitle(effect),
    interaction: effect.beside !== null,
    clear: isClear(effect),
    mean: 100 * effect.mean,
    low: 100 * low,
    high: 100 * high,
    perUnit: (effect.perTuning ?? effect.perRound).map((value) => 100 * value),
    lost: effect.diverged ? "× not stated: a network diverged" : "",
  };
}

function effectsPlot(
  rows: readonly Row[],
  domain: readonly [number, number],
  color: string,
  series: string,
  axis: boolean,
  document: FigureDocument,
) {
  const lost = rows.filter((each) => each.lost).map(({ title: row, lost }) => ({ row, lost }));
  const dots = rows.flatMap(({ title, perUnit }) => perUnit.map((value) => ({ title, value })));
  return plotOf({
    width: WIDTH,
    height: rows.length * ROW + (axis ? AXIS : 0),
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: 0,
    marginBottom: axis ? AXIS : 0,
    document,
    x: {
      axis: axis ? "bottom" : null,
      label: "Change of test error (percentage points)",
      domain: [...domain],
      grid: true,
    },
    y: { label: null, domain: rows.map(({ title }) => title), tickSize: 0 },
    marks: [
      Plot.ruleX([0], { stroke: "currentColor", strokeWidth: 1 }),
      Plot.dot(dots, { x: "value", y: "title", r: 2.5, fill: color, fillOpacity: 0.3, className: `${series} area` }),
      Plot.ruleY(rows, {
        x1: "low",
        x2: "high",
        y: "title",
        stroke: color,
        strokeWidth: 3,
        className: `${series} line`,
      }),
      Plot.dot(
        rows.filter(({ clear }) => clear),
        { x: "mean", y: "title", r: 5, fill: color, className: `${series} area` },
      ),
      Plot.dot(
        rows.filter(({ clear }) => !clear),
        {
          x: "mean",
          y: "title",
          r: 4.5,
          fill: COLORS.paper,
          stroke: color,
          strokeWidth: 2,
          className: `${series} line hollow`,
        },
      ),
      ...(lost.length > 0 ? [divergedText(lost)] : []),
    ],
  });
}

const mark = (x: number, y: number, color: string, series: string, filled: boolean): string =>
  filled
    ? `<circle class="${series} area" cx="${x}" cy="${y}" r="5" fill="${color}"/>`
    : `<circle class="${series} line hollow" cx="${x}" cy="${y}" r="4.5" fill="${COLORS.paper}" stroke="${color}" stroke-width="2"/>`;

/** Whole points around the values. Each side of zero has at least a quarter, for the words about that side. */
function niceDomain(low: number, high: number): [number, number] {
  const room = Math.max((high - low) / 50, 0.1);
  const [below, above] = [room - low, high + room];
  return [-Math.ceil(Math.max(below, above / 3)), Math.ceil(Math.max(above, below / 3))];
}
