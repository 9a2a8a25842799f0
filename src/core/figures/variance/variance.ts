import * as Plot from "@observablehq/plot";
import { partTitle, shareInterval, shareText } from "../../experiments/variance/tables.js";
import type { Variance } from "../../experiments/variance/variance.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { roomForNames } from "../draw/text.js";
import { COLORS } from "../draw/theme.js";

const HEADER = 50;
const ROW = 34;
const AXIS = 44;
/** For the words of a row, right of the axis. */
const RIGHT = 110;

/** Each part's share of the variance as a bar, with its 95% interval. It is an SVG document, readable on light and on dark paper. */
export function varianceSvg({ architecture, parts, runs }: Variance, document: FigureDocument): string {
  const rows = (parts ?? []).map(({ name, share, share95: [low, high] }) => ({
    row: partTitle(name),
    share: 100 * share,
    low: 100 * low,
    high: 100 * high,
    words: `${shareText(share)} ${shareInterval([low, high])}`,
  }));
  const names = rows.map(({ row }) => row);
  const plotHeight = rows.length * ROW + AXIS;
  const svg = plotOf({
    width: WIDTH,
    height: plotHeight,
    marginLeft: roomForNames(names),
    marginRight: RIGHT,
    marginTop: 4,
    marginBottom: AXIS - 4,
    document,
    x: { label: "Share of the variance of the test error (%)", domain: [0, 100], grid: true },
    y: { label: null, domain: names, tickSize: 0, padding: 0.35 },
    marks: [
      Plot.barX(rows, {
        x1: 0,
        x2: "share",
        y: "row",
        fill: COLORS.train,
        fillOpacity: 0.45,
        className: "train area",
      }),
      Plot.ruleY(rows, { x1: "low", x2: "high", y: "row", stroke: "currentColor", strokeWidth: 2 }),
      Plot.ruleX([0], { stroke: "currentColor", strokeWidth: 1 }),
      Plot.text(rows, { y: "row", text: "words", frameAnchor: "right", textAnchor: "start", dx: 10 }),
    ],
  });
  return framed({
    height: HEADER + plotHeight,
    title: `What the variance of ${architecture} comes from`,
    description: rows.map(({ row, words }) => `${row}: ${words}.`).join(" "),
    content: `<g text-anchor="start"><rect class="train area" x="12" y="33" width="12" height="12" fill="${COLORS.train}" fill-opacity="0.45"/><text x="30" y="43">share of the variance; line: 95% interval; ${runs.length} runs</text></g>
${nested(svg, { x: 0, y: HEADER, width: WIDTH, height: plotHeight })}`,
  });
}
