import * as Plot from "@observablehq/plot";
import { findArchitecture } from "../../architectures/index.js";
import type { Reproduction } from "../../experiments/index.js";
import type { ReproducedArchitecture } from "../../experiments/reproduce/reproduction.js";
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
 * The test errors of a reproduction: every round as a dot, our mean with its 95% interval, and the paper's mean with its
 * standard deviation, where networks are asked what the paper asks. One SVG document, readable on light and on dark paper.
 */
export function testErrorSvg({ architectures, rounds }: Reproduction, document: FigureDocument): string {
  const rows = architectures.map(rowOf);
  const besides = architectures.flatMap(besideOf);
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
          besides.map(({ paperHigh }) => paperHigh),
        ),
      ],
      nice: true,
      grid: true,
    },
    y: { label: null, domain: rows.map(({ row }) => row), tickSize: 0 },
    marks: [
      ...roundsMarks(rows, { color: COLORS.train, colorClass: "train", dy: besides.length > 0 ? OURS : 0 }),
      Plot.ruleY(besides, {
        x1: "paperLow",
        x2: "paperHigh",
        y: "row",
        dy: PAPERS,
        stroke: COLORS.test,
        strokeWidth: 1.5,
        className: "test line",
      }),
      Plot.dot(besides, {
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
  const ours = `<circle class="train area" cx="17" cy="39" r="5" fill="${COLORS.train}"/><text x="30" y="43">${besides.length > 0 ? `ours: ${spread}` : spread}</text>`;
  const papers = `<path class="test area" d="M344,33l4,6l-4,6l-4,-6z" fill="${COLORS.test}"/><text x="356" y="43">the paper: mean ± standard deviation</text>`;
  return framed({
    height: HEADER + plotHeight,
    title: besides.length > 0 ? "Test errors, ours and the paper's" : "Test errors",
    description: rows
      .map(({ row, mean }) => {
        const beside = besides.find((each) => each.row === row);
        return beside
          ? `${row}: ours ${meanInWords(mean)}, the paper's ${beside.paperMean.toFixed(1)}%.`
          : `${row}: ${meanInWords(mean)}.`;
      })
      .join(" "),
    content: `<g text-anchor="start">${[ours, ...(besides.length > 0 ? [papers] : [])].join("\n")}</g>
${nested(svg, { x: 0, y: HEADER, width: WIDTH, height: plotHeight })}`,
  });
}

/** An architecture's numbers in percent. */
function rowOf({ name, testError, runs }: ReproducedArchitecture) {
  const errors = runs.map((run) => run.testError);
  return roundsRow(findArchitecture(name).title, errors, testError, 100);
}

/** The paper's, in percent. */
function besideOf({ name, paper }: ReproducedArchitecture) {
  if (!paper) return [];
  const { testError, testSd } = paper;
  return [
    {
      row: findArchitecture(name).title,
      paperMean: 100 * testError,
      paperLow: 100 * (testError - testSd),
      paperHigh: 100 * (testError + testSd),
    },
  ];
}
