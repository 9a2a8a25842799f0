import * as Plot from "@observablehq/plot";
import type { ArchitectureComparison } from "../../experiments/compare/comparison.js";
import { roundDifferences } from "../../experiments/compare/comparison.js";
import type { Difference } from "../../experiments/compare/difference.js";
import { testedInBrief } from "../../experiments/compare/sentence.js";
import { errorsIn } from "../../experiments/compare/tables.js";
import { titlesOf } from "../../experiments/compare/variants.js";
import { isShown, statedInterval } from "../../experiments/shared/claims.js";
import { unitsIn, unitsOf } from "../../experiments/shared/tunings.js";
import { fewestRounds } from "../../statistics/index.js";
import { ABSENT, pointsWithInterval } from "../../text/format.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { numbersOf, type RoundsRow, roundsMarks, roundsRow } from "../draw/rounds.js";
import { LETTER, textLines } from "../draw/text.js";
import { COLORS } from "../draw/theme.js";

const HEADER = 50;
const AXIS = 44;
const SIDE = 20;
/** The width of the mean's numbers, right of the rounds. */
const NUMBERS = 186;
const HALF = (WIDTH - SIDE - NUMBERS) / 2;
/** A row names the better architecture on each side, with the rounds below. Long names take lines of their own. */
const LINE = 18;
const ROUNDS = 30;
/** The most letters of a line that has the row to itself. */
const MOST_LETTERS = Math.floor((WIDTH - SIDE - NUMBERS) / LETTER.wide);

interface Row extends RoundsRow {
  readonly left: string;
  readonly right: string;
  readonly points: string;
  readonly tested: string;
  readonly shown: boolean;
}

/**
 * The differences of a comparison, pair by pair: every round, or the mean of every tuning's, as a dot on the side of the better architecture, the mean with its 95%
 * interval, over all pairs together where none is shown, and the corrected p. The mean is a ring where no difference is shown. It is an SVG document, readable on light and on
 * dark paper.
 */
export function compareDifferencesSvg(comparison: ArchitectureComparison, document: FigureDocument): string {
  const { differences } = comparison;
  const errors = `${errorsIn(comparison).toLowerCase()}s`;
  const rows = differences.map((difference) => rowOf(difference, comparison));
  const long = rows.some(({ left, right }) => Math.max(left.length, right.length) * LETTER.wide > HALF - 8);
  const extra = (side: "left" | "right") => LINE * (Math.max(...rows.map((row) => row[side].split("\n").length)) - 1);
  const names = long ? 2 * LINE + extra("left") + extra("right") : LINE;
  const height = names + ROUNDS;
  const plotHeight = rows.length * height + AXIS;
  const below = names / 2;
  const top = LINE - 4 - height / 2;
  const side = (row: "left" | "right", dy: number) =>
    Plot.text(rows, {
      y: "row",
      dy,
      text: row,
      ...(long ? { frameAnchor: row } : { x: 0, dx: row === "left" ? -8 : 8 }),
      textAnchor: (row === "left") === long ? "start" : "end",
      ...(extra(row) > 0 ? { lineHeight: LINE / 12 } : {}),
    });
  const number = (text: "points" | "tested", dy: number, style: Plot.TextOptions = {}) =>
    Plot.text(rows, { y: "row", dy, dx: 12, text, frameAnchor: "right", textAnchor: "start", ...style });
  const farthest = Math.max(0, ...numbersOf(rows).map(Math.abs)) || 1;
  const svg = plotOf({
    width: WIDTH,
    height: plotHeight,
    marginLeft: SIDE,
    marginRight: NUMBERS,
    marginTop: 0,
    marginBottom: AXIS,
    document,
    x: {
      label: `Difference of ${errors} (percentage points)`,
      domain: [-farthest, farthest],
      nice: true,
      tickFormat: (value: number) => String(Math.abs(value)),
    },
    y: { axis: null, domain: rows.map(({ row }) => row), type: "band", padding: 0 },
    marks: [
      Plot.ruleY(rows.slice(1), { y: "row", dy: -height / 2, strokeOpacity: 0.12 }),
      Plot.tickX(rows, { x: 0, y: "row", strokeOpacity: 0.5, insetTop: long ? names + 4 : 0 }),
      ...roundsMarks(rows, {
        color: COLORS.train,
        colorClass: "train",
        dy: below,
        hollow: (row) => !(row as Row).shown,
      }),
      side("left", top + extra("left") / 2),
      side("right", top + (long ? LINE + extra("left") + extra("right") / 2 : 0)),
      number("points", top, { fontWeight: 600 }),
      number("tested", top + LINE),
    ],
  });
  return framed({
    height: HEADER + plotHeight,
    title: `Differences of ${errors} in every round`,
    description: rows
      .map(({ left, right, mean, points, tested }) => `${mean > 0 ? right : left} by ${points}, ${tested}.`)
      .join(" "),
    content: `<g text-anchor="start"><circle class="train area" cx="17" cy="39" r="5" fill="${COLORS.train}"/><text x="30" y="43">${key(comparison, rows)}</text></g>
${nested(svg, { x: 0, y: HEADER, width: WIDTH, height: plotHeight })}`,
  });
}

function rowOf(difference: Difference, comparison: ArchitectureComparison): Row {
  const { a, b } = difference;
  const title = titlesOf(comparison.architectures);
  return {
    ...roundsRow(
      `${a} ${b}`,
      unitsOf(roundDifferences(comparison, difference), comparison.tunings),
      { mean: difference.mean, ci95: statedInterval(difference) },
      100,
    ),
    // The mean's numbers say how many diverged.
    lost: "",
    left: textLines(`← ${title(a)} better`, MOST_LETTERS).join("\n"),
    right: textLines(`${title(b)} better →`, MOST_LETTERS).join("\n"),
    points: Number.isNaN(difference.mean)
      ? ABSENT
      : pointsWithInterval(difference.mean, statedInterval(difference)).replace("points", "pt"),
    tested: testedInBrief(difference),
    shown: isShown(difference),
  };
}

function key(comparison: ArchitectureComparison, rows: readonly Row[]): string {
  const { count, words } = unitsIn(comparison);
  if (count === 1) return "one round, which tests nothing";
  const rings = rows.some(({ shown }) => !shown) ? " (a ring where no difference is shown)" : "";
  const corrected = rows.length > 1 ? `; p: Holm-corrected over ${rows.length} pairs` : "";
  return `each of ${words}; mean${rings}${count < fewestRounds() ? "" : ", 95% interval"}${corrected}`;
}
