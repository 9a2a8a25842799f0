import * as Plot from "@observablehq/plot";
import type { ArchitectureComparison } from "../../experiments/compare/comparison.js";
import { errorsIn } from "../../experiments/compare/tables.js";
import { titleOf } from "../../experiments/compare/variants.js";
import { unitsIn, unitsOf } from "../../experiments/shared/tunings.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { farEnd, meanInWords, roundsMarks, roundsRow } from "../draw/rounds.js";
import { roomForNames, textLines } from "../draw/text.js";
import { COLORS } from "../draw/theme.js";

const HEADER = 50;
/** The height of a row. Joined rows need more, so that their lines can be distinguished. */
const ROW = { apart: 36, joined: 72 };
const AXIS = 44;
/** If a name has more than `most` letters, names are broken into lines of at most `letters`, which are `line` pixels high. */
const NAME = { most: 62, letters: 44, line: 13 };

/** The most architectures whose errors of a round are joined by lines. More lines would be clutter. */
const MOST_JOINED = 3;

/**
 * The test errors of the architectures of a comparison: every round, or the mean of every tuning's, as a dot, the mean and its 95% interval. With up to three
 * architectures, a thin line joins the errors of a round. It is an SVG document, readable on light and on dark paper.
 */
export function compareErrorsSvg(comparison: ArchitectureComparison, document: FigureDocument): string {
  const { architectures, tunings } = comparison;
  const { count, words, one } = unitsIn(comparison);
  const error = errorsIn(comparison);
  const rows = architectures.map((architecture) =>
    roundsRow(
      titleOf(architecture),
      unitsOf(
        architecture.runs.map((run) => run.testError),
        tunings,
      ),
      architecture.testError,
      100,
    ),
  );
  const long = rows.some(({ row }) => row.length > NAME.most);
  const names = rows.map(({ row }) => textLines(row, long ? NAME.letters : NAME.most));
  const highest = Math.max(...names.map(({ length }) => length)) * NAME.line + 10;
  const joined = rows.length <= MOST_JOINED && count > 1;
  const points = rows.flatMap(({ row, values }) => values.map((value, round) => ({ row, value, round })));
  const plotHeight = rows.length * Math.max(joined ? ROW.joined : ROW.apart, highest) + AXIS;
  const svg = plotOf({
    width: WIDTH,
    height: plotHeight,
    marginLeft: roomForNames(names.flat()),
    marginRight: 20,
    marginTop: 4,
    marginBottom: AXIS - 4,
    document,
    x: {
      label: `${error} (% of pairs)`,
      domain: [0, farEnd(rows)],
      nice: true,
      grid: true,
    },
    y: {
      label: null,
      domain: rows.map(({ row }) => row),
      tickSize: 0,
      tickFormat: (_: string, i: number) => names[i]?.join("\n") ?? "",
    },
    marks: [
      ...(joined ? [Plot.line(points, { x: "value", y: "row", z: "round", strokeWidth: 1, strokeOpacity: 0.2 })] : []),
      ...roundsMarks(rows, { color: COLORS.train, colorClass: "train" }),
    ],
  });
  const key =
    count > 1
      ? `each of ${words}; mean, 95% interval${joined ? `; a line joins the errors of one ${one}` : ""}`
      : "one round";
  return framed({
    height: HEADER + plotHeight,
    title: `${error}s in every round`,
    description: rows.map(({ row, mean }) => `${row}: mean ${meanInWords(mean)}.`).join(" "),
    content: `<g text-anchor="start"><circle class="train area" cx="17" cy="39" r="5" fill="${COLORS.train}"/><text x="30" y="43">${key}</text></g>
${nested(svg, { x: 0, y: HEADER, width: WIDTH, height: plotHeight })}`,
  });
}
