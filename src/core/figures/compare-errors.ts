import * as Plot from "@observablehq/plot";
import { findArchitecture } from "../architectures/index.js";
import type { ArchitectureComparison } from "../experiments/index.js";
import { framed, nested } from "./frame.js";
import type { FigureDocument } from "./panel.js";
import { roomForNames, roundsMarks, roundsRow } from "./rounds.js";
import { COLORS } from "./theme.js";

const WIDTH = 760;
const HEADER = 50;
/** Lines between rows need room to be told apart. */
const ROW = { apart: 36, joined: 72 };
const AXIS = 44;
const TITLE = "Test errors in every round";

/** Lines join a round's errors where they are no clutter. */
const MOST_JOINED = 3;

/**
 * The test errors of the architectures of a comparison: every round as a dot, the mean and its 95% interval. Of up to three
 * architectures, a thin line joins the errors of one round. One SVG document, readable on light and on dark paper.
 */
export function compareErrorsSvg({ architectures, rounds }: ArchitectureComparison, document: FigureDocument): string {
  const rows = architectures.map(({ name, runs, testError }) =>
    roundsRow(
      findArchitecture(name).title,
      runs.map((run) => run.testError),
      testError,
      100,
    ),
  );
  const joined = rows.length <= MOST_JOINED && rounds > 1;
  const points = rows.flatMap(({ row, values }) => values.map((value, round) => ({ row, value, round })));
  const plotHeight = rows.length * (joined ? ROW.joined : ROW.apart) + AXIS;
  const svg = Plot.plot({
    width: WIDTH,
    height: plotHeight,
    marginLeft: roomForNames(rows.map(({ row }) => row)),
    marginRight: 20,
    marginTop: 4,
    marginBottom: AXIS - 4,
    document,
    className: "pairlab-panel",
    x: {
      label: "Test error (% of pairs)",
      labelAnchor: "center",
      labelArrow: "none",
      domain: [0, Math.max(...rows.flatMap(({ values, high }) => [...values, high])) || 1],
      nice: true,
      grid: true,
    },
    y: { label: null, domain: rows.map(({ row }) => row), tickSize: 0 },
    style: { fontSize: "12px" },
    marks: [
      ...(joined ? [Plot.line(points, { x: "value", y: "row", z: "round", strokeWidth: 1, strokeOpacity: 0.2 })] : []),
      ...roundsMarks(rows, { color: COLORS.train, colorClass: "train" }),
    ],
  });
  const key =
    rounds > 1
      ? `each of ${rounds} rounds; mean, 95% interval${joined ? "; a line joins the errors of one round" : ""}`
      : "one round";
  return framed({
    width: WIDTH,
    height: HEADER + plotHeight,
    title: TITLE,
    description: rows.map(({ row, mean }) => `${row}: mean ${mean.toFixed(1)}%.`).join(" "),
    content: `<g text-anchor="start"><circle class="train area" cx="17" cy="39" r="5" fill="${COLORS.train}"/><text x="30" y="43">${key}</text></g>
${nested(svg, { x: 0, y: HEADER, width: WIDTH, height: plotHeight })}`,
  });
}
