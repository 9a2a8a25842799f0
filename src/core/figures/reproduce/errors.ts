import * as Plot from "@observablehq/plot";
import { findArchitecture } from "../../architectures/index.js";
import type { ReproducedArchitecture, Reproduction } from "../../experiments/index.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { farEnd, meanInWords, roundsMarks, roundsRow } from "../draw/rounds.js";
import { COLORS } from "../draw/theme.js";

const HEADER = 50;
const ROW = 46;
const AXIS = 44;

/** The pixels by which ours stands above a row's middle, and the paper's below. */
const OURS = -7;
const PAPERS = 10;

/**
 * The test errors of a reproduction: every round as a dot, our mean with its 95% interval, and the paper's mean with its standard
 * deviation. It is an SVG document, readable on light and on dark paper.
 */
export function testErrorSvg({ architectures, rounds }: Reproduction, document: FigureDocument): string {
  const rows = architectures.map(rowOf);
  const plotHeight = rows.length * ROW + AXIS;
  const svg = plotOf({
    width: WIDTH,
    height: plotHeight,
    marginLeft: 210,
    marginRight: 20,
    marginTop: 4,
    marginBottom: AXIS - 4,
    document,
    x: {
      label: "Test error (% of pairs)",
      domain: [
        0,
        farEnd(
          rows,
          rows.map(({ paperHigh }) => paperHigh),
        ),
      ],
      nice: true,
      grid: true,
    },
    y: { label: null, domain: rows.map(({ row }) => row), tickSize: 0 },
    marks: [
      ...roundsMarks(rows, { color: COLORS.train, colorClass: "train", dy: OURS }),
      Plot.ruleY(rows, {
        x1: "paperLow",
        x2: "paperHigh",
        y: "row",
        dy: PAPERS,
        stroke: COLORS.test,
        strokeWidth: 1.5,
        className: "test line",
      }),
      Plot.dot(rows, {
        x: "paperMean",
        y: "row",
        dy: PAPERS,
        r: 5,
        symbol: "diamond",
        fill: COLORS.test,
        className: "test area",
      }),
    ],
  });
  const spread = rounds > 1 ? `each of ${rounds} rounds; mean, 95% interval` : "one round";
  return framed({
    height: HEADER + plotHeight,
    title: "Test errors, ours and the paper's",
    description: rows
      .map(({ row, mean, paperMean }) => `${row}: ours ${meanInWords(mean)}, the paper's ${paperMean.toFixed(1)}%.`)
      .join(" "),
    content: `<g text-anchor="start"><circle class="train area" cx="17" cy="39" r="5" fill="${COLORS.train}"/><text x="30" y="43">ours: ${spread}</text>
<path class="test area" d="M344,33l4,6l-4,6l-4,-6z" fill="${COLORS.test}"/><text x="356" y="43">the paper: mean ± standard deviation</text></g>
${nested(svg, { x: 0, y: HEADER, width: WIDTH, height: plotHeight })}`,
  });
}

/** An architecture's numbers in percent. */
function rowOf({ name, testError, paper, runs }: ReproducedArchitecture) {
  const errors = runs.map((run) => run.testError);
  return {
    ...roundsRow(findArchitecture(name).title, errors, testError, 100),
    paperMean: 100 * paper.testError,
    paperLow: 100 * (paper.testError - paper.testSd),
    paperHigh: 100 * (paper.testError + paper.testSd),
  };
}
