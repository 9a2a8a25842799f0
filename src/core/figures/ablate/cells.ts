import * as Plot from "@observablehq/plot";
import {
  type AblatedCell,
  type Ablation,
  cellsByError,
  FACTOR_WORDS,
  FACTORS,
  hintsOf,
} from "../../experiments/ablate/index.js";
import { divergedOf } from "../../experiments/shared/diverged.js";
import { unitsIn, unitsOf } from "../../experiments/shared/tunings.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { divergedText, meanInWords } from "../draw/rounds.js";
import { SERIES } from "../draw/theme.js";

const HEADER = 78;
const ROW = 20;
const AXIS = 44;
/** The x of the hints' columns, and the width of each. */
const MARKS = 44;
const COLUMN = 70;
const LEFT = MARKS + FACTORS.length * COLUMN - 16;
const RIGHT = 20;

/**
 * The test error of every network, the lowest first: its hints on the left, and on the right every round, or the mean of every tuning's, as a
 * faint dot and the mean with its 95% interval. It is an SVG document, readable on light and on dark paper.
 */
export function ablationCellsSvg(ablation: Ablation, document: FigureDocument): string {
  const { cells, tunings } = ablation;
  const rows = cellsByError(cells);
  const height = rows.length * ROW + AXIS;
  const heads = FACTORS.map(
    (factor, i) => `<text x="${MARKS + i * COLUMN}" y="${HEADER - 10}">${FACTOR_WORDS[factor].short}</text>`,
  );
  const { count, words } = unitsIn(ablation);
  const spread = count > 1 ? `mean, 95% interval and each of ${words}` : "one round";
  return framed({
    height: HEADER + height,
    title: "Test error of every combination of hints",
    description: rows
      .map(({ factors, testError }) => `${hintsOf(factors)}: ${meanInWords(100 * testError.mean)}.`)
      .join(" "),
    content: `<g text-anchor="start">${markOf("present", 17, 39)}<text x="30" y="43">with it</text>
${markOf("absent", 90, 39)}<text x="103" y="43">without</text>
<circle class="series-1 area" cx="${LEFT + 6}" cy="39" r="4.5" fill="${SERIES[1]}"/><text x="${LEFT + 19}" y="43">${spread}</text></g>
${heads.join("\n")}
<g>${rows.map(rowOfMarks).join("\n")}</g>
${nested(errorsPlot(rows, tunings, height, document), { x: 0, y: HEADER, width: WIDTH, height })}`,
  });
}

/** Rows alternate with a shade, which leads the eye from the marks to the error. */
function rowOfMarks({ factors }: AblatedCell, row: number): string {
  const middle = HEADER + (row + 0.5) * ROW;
  const shade =
    row % 2 === 0
      ? `<rect x="8" y="${middle - ROW / 2}" width="${WIDTH - 16}" height="${ROW}" fill="currentColor" fill-opacity="0.05"/>`
      : "";
  const marks = FACTORS.map((factor, i) => markOf(factors[factor] ? "present" : "absent", MARKS + i * COLUMN, middle));
  return shade + marks.join("");
}

const markOf = (what: "present" | "absent", x: number, y: number): string =>
  what === "present"
    ? `<circle class="series-0 area" cx="${x}" cy="${y}" r="5.5" fill="${SERIES[0]}"/>`
    : `<circle class="series-0 line" cx="${x}" cy="${y}" r="4" fill="none" stroke="${SERIES[0]}" stroke-opacity="0.45"/>`;

function errorsPlot(
  cells: readonly AblatedCell[],
  tunings: number | undefined,
  height: number,
  document: FigureDocument,
) {
  const rows = cells.map(({ testError: { mean, ci95 }, runs }, row) => {
    const [low, high] = ci95 ?? [mean, mean];
    const lost = divergedOf(runs);
    return { row, mean: 100 * mean, low: 100 * low, high: 100 * high, lost: lost && `× ${lost} diverged` };
  });
  const diverged = rows.filter(({ lost }) => lost);
  const dots = cells.flatMap(({ runs }, row) => {
    const errors = runs.map(({ testError }) => testError);
    return unitsOf(errors, tunings).map((error) => ({ row, error: 100 * error }));
  });
  const highest = Math.max(
    0,
    ...[...dots.map(({ error }) => error), ...rows.map(({ high }) => high)].filter(Number.isFinite),
  );
  return plotOf({
    width: WIDTH,
    height,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: 0,
    marginBottom: AXIS,
    document,
    x: {
      label: "Test error (% of pairs)",
      domain: [0, (diverged.length > 0 ? 1.5 : 1) * highest || 1],
      nice: true,
      grid: true,
    },
    y: { axis: null, type: "linear", domain: [cells.length - 0.5, -0.5] },
    marks: [
      Plot.dot(dots, { x: "error", y: "row", r: 2.5, fill: SERIES[1], fillOpacity: 0.3, className: "series-1 area" }),
      Plot.ruleY(rows, {
        x1: "low",
        x2: "high",
        y: "row",
        stroke: SERIES[1],
        strokeWidth: 3,
        className: "series-1 line",
      }),
      Plot.dot(rows, { x: "mean", y: "row", r: 4.5, fill: SERIES[1], className: "series-1 area" }),
      ...(diverged.length > 0 ? [divergedText(diverged)] : []),
    ],
  });
}
