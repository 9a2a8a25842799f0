import * as Plot from "@observablehq/plot";
import type { ArchitectureComparison } from "../../experiments/compare/comparison.js";
import { type CostAndError, paretoFront } from "../../experiments/compare/pareto.js";
import { errorsIn } from "../../experiments/compare/tables.js";
import { titleOf } from "../../experiments/compare/variants.js";
import { divergedOf } from "../../experiments/shared/diverged.js";
import { exp, ln } from "../../statistics/logarithm.js";
import { listed } from "../../text/format.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { alongLines, type Box, clearestPlace } from "../draw/label-places.js";
import { plotOf } from "../draw/plot.js";
import { LETTER, textLines } from "../draw/text.js";
import { COLORS, HALO, HOLLOW_STYLE } from "../draw/theme.js";
import { fewNumbers, logTicks } from "../draw/ticks.js";

const HEADER = 68;
const HEIGHT = 400;
const LEFT = 56;
const GAP = 22;
const MARGIN = { top: 12, right: 10, bottom: 40 };

interface Mark extends CostAndError {
  readonly title: string;
  /** The text beside it. */
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** The cost of an architecture that a panel shows. */
interface Cost {
  readonly label: string;
  readonly of: (architecture: ArchitectureComparison["architectures"][number]) => number;
  readonly format: (cost: number) => string;
}

const COSTS: readonly Cost[] = [
  {
    label: "Recorded wall-clock time of a run (seconds)",
    of: ({ secondsPerRun }) => secondsPerRun.median,
    format: String,
  },
  {
    label: "Parameters",
    of: ({ parameters }) => parameters,
    format: (parameters) => (parameters >= 1000 ? `${parameters / 1000}k` : String(parameters)),
  },
];

/**
 * Test error against the cost of a network: the time to train it, and its parameters. All axes are logarithmic. A line joins the
 * Pareto front. It is an SVG document, readable on light and on dark paper.
 */
export function paretoSvg(comparison: ArchitectureComparison, document: FigureDocument): string {
  const { rounds } = comparison;
  const error = errorsIn(comparison);
  // A network that diverged in every round has no error.
  const architectures = comparison.architectures.filter(({ testError }) => !Number.isNaN(testError.mean));
  const without = comparison.architectures.filter((row) => !architectures.includes(row)).map(titleOf);
  const lost = without.length > 0 ? `Every round of ${listed(without)} diverged.` : "";
  if (architectures.length === 0)
    return framed({
      height: HEADER,
      title: `${error} against what a network costs`,
      description: lost,
      content: `<g text-anchor="start"><text x="12" y="43">Every round of every network diverged: there is no error to draw.</text></g>`,
    });
  const titles = architectures.map((row) => {
    const diverged = divergedOf(row.runs);
    return diverged ? `${titleOf(row)} (${diverged} diverged)` : titleOf(row);
  });
  const numbered = titles.some(({ length }) => length > MOST_LETTERS) || titles.length > MOST_NAMED;
  // An error of 0 has no logarithm. It stands at half a pair of all rounds.
  const floor = 0.5 / (rounds * 1000);
  const panels = COSTS.filter((cost) => new Set(architectures.map(cost.of)).size > 1 || cost === COSTS[0]).map(
    (cost) => ({
      cost,
      marks: architectures.map((architecture, i): Mark => {
        const { mean, ci95 } = architecture.testError;
        const [low, high] = (ci95 ?? [mean, mean]).map((error) => ln(Math.max(error, floor))) as [number, number];
        const title = titles[i] as string;
        const label = numbered ? String(i + 1) : title;
        return { title, label, cost: ln(cost.of(architecture)), error: ln(Math.max(mean, floor)), low, high };
      }),
    }),
  );
  const errors = panels.flatMap(({ marks }) => marks.flatMap(({ error, low, high }) => [error, low, high]));
  const domain = [Math.min(...errors) - 0.25, Math.max(...errors) + 0.25] as const;
  const own = (WIDTH - LEFT - panels.length * GAP) / panels.length;
  const content = panels.map(({ cost, marks }, i) => {
    const left = i === 0 ? LEFT : GAP;
    const x = i === 0 ? 0 : LEFT + own;
    const width = left + own + (i === 0 ? 0 : GAP);
    const panel = panelOf(marks, cost, domain, { left, width, first: i === 0 }, document);
    return `<g transform="translate(${x},${HEADER})">${panel}</g>`;
  });
  const best = panels.map(({ cost, marks }) => {
    const titles = paretoFront(marks).map(({ title }) => title);
    return `${cost.label}: ${titles.join(", ")}.`;
  });
  const key = numbered ? keyOf(titles) : { content: [], height: 0 };
  const notes = lost ? textLines(lost, KEY.letters) : [];
  const noteAt = (note: string, line: number) =>
    `<text x="12" y="${HEADER + HEIGHT + key.height + KEY.line * (line + 1)}" text-anchor="start" opacity="0.75">${note}</text>`;
  return framed({
    height: HEADER + HEIGHT + key.height + (notes.length > 0 ? KEY.line * notes.length + 12 : 0),
    title: `${error} against what a network costs`,
    description: `On the front, which no other network beats in one respect without being worse in the other: ${best.join(" ")}${lost && ` ${lost}`}`,
    content: `<style>${HALO}${HOLLOW_STYLE}</style>
<g text-anchor="start" opacity="0.75"><text x="12" y="43">Filled, joined by a line: no other network is better in one respect and not worse in the other.</text>
<text x="12" y="60">${error} (% of pairs)${rounds > 1 ? `, mean of ${rounds} rounds; bar: 95% interval` : ", one round"}. All axes are logarithmic.</text></g>
${[...content, ...key.content, ...notes.map(noteAt)].join("\n")}`,
  });
}

/** If names are longer, or there are more, marks have numbers instead. */
const MOST_LETTERS = 42;
const MOST_NAMED = 8;
const KEY = { letters: 110, line: 17, column: 390 };

/** The names for the numbers, below the panels. They are in two columns, unless one is long. */
function keyOf(titles: readonly string[]): { readonly content: string[]; readonly height: number } {
  const lines = titles.flatMap((title, i) =>
    textLines(title, KEY.letters).map((text, line) => ({ number: line === 0 ? String(i + 1) : "", text })),
  );
  const rows = titles.some((title) => title.length > MOST_LETTERS) ? lines.length : Math.ceil(lines.length / 2);
  const content = lines.map(({ number, text }, line) => {
    const x = KEY.column * Math.floor(line / rows);
    const y = HEADER + HEIGHT + KEY.line * ((line % rows) + 1);
    return `<text x="${x + 36}" y="${y}" text-anchor="end">${number}</text><text x="${x + 46}" y="${y}" text-anchor="start">${text}</text>`;
  });
  return { content, height: KEY.line * rows + 12 };
}

function panelOf(
  marks: readonly Mark[],
  { label, format }: Cost,
  domain: readonly [number, number],
  { left, width, first }: { readonly left: number; readonly width: number; readonly first: boolean },
  document: FigureDocument,
): string {
  const costs = marks.map(({ cost }) => cost);
  const pad = Math.max(0.25, 0.12 * (Math.max(...costs) - Math.min(...costs)));
  const across = [Math.min(...costs) - pad, Math.max(...costs) + pad] as const;
  const front = paretoFront(marks);
  const others = marks.filter((mark) => !front.includes(mark));
  const plot = plotOf({
    width,
    height: HEIGHT,
    marginLeft: left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    document,
    x: {
      label,
      domain: [...across],
      ticks: logTicks(across, 1, fewNumbers),
      tickFormat: (cost: number) => format(Number(exp(cost).toPrecision(3))),
      grid: true,
    },
    y: {
      label: null,
      domain: [...domain],
      ticks: logTicks(domain, 100, fewNumbers),
      tickFormat: first ? (error: number) => `${Number((100 * exp(error)).toPrecision(2))}%` : () => "",
      tickSize: first ? 6 : 0,
      grid: true,
    },
    marks: [
      Plot.line(front, {
        x: "cost",
        y: "error",
        curve: "step-after",
        stroke: COLORS.train,
        strokeWidth: 1.5,
        strokeOpacity: 0.6,
        className: "train line",
      }),
      Plot.ruleX(marks, {
        x: "cost",
        y1: "low",
        y2: "high",
        stroke: COLORS.train,
        strokeWidth: 2,
        className: "train line",
      }),
      Plot.dot(others, {
        x: "cost",
        y: "error",
        r: 4.5,
        fill: COLORS.paper,
        stroke: COLORS.train,
        strokeWidth: 1.75,
        className: "train line hollow",
      }),
      Plot.dot(front, { x: "cost", y: "error", r: 5, fill: COLORS.train, className: "train area" }),
    ],
  });
  const px = (cost: number) => left + ((cost - across[0]) / (across[1] - across[0])) * (width - MARGIN.right - left);
  const py = (error: number) =>
    MARGIN.top + ((domain[1] - error) / (domain[1] - domain[0])) * (HEIGHT - MARGIN.bottom - MARGIN.top);
  const bars = marks.flatMap(({ cost, low, high }) =>
    alongLines([
      { x: px(cost), y: py(low) },
      { x: px(cost), y: py(high) },
    ]),
  );
  const steps = alongLines(
    front.flatMap(({ cost, error }, i) => {
      const before = front[i - 1];
      const corner = before ? [{ x: px(cost), y: py(before.error) }] : [];
      return [...corner, { x: px(cost), y: py(error) }];
    }),
  );
  const size = { px, py, left, right: width - MARGIN.right };
  return `${nested(plot, { x: 0, y: 0, width, height: HEIGHT })}<g>${labels(marks, [...bars, ...steps], size).join("\n")}</g>`;
}

/** The height of a label, in pixels. */
const LABEL_HEIGHT = 14;
/** The distance of a label from the middle of its mark. */
const AWAY = 9;

/** The name or number of each network beside its mark, where it covers least. */
function labels(
  marks: readonly Mark[],
  lines: readonly { readonly x: number; readonly y: number }[],
  {
    px,
    py,
    left,
    right,
  }: {
    readonly px: (cost: number) => number;
    readonly py: (error: number) => number;
    readonly left: number;
    readonly right: number;
  },
): string[] {
  const taken: Box[] = marks.map(({ cost, error }) => around(px(cost), py(error), 6));
  return marks.map(({ label, cost, error }) => {
    const [x, y] = [px(cost), py(error)];
    const width = LETTER.widest * label.length;
    const box = (from: number, top: number): Box => {
      const start = Math.min(Math.max(from, left + 4), right - width - 2);
      return { left: start, right: start + width, top, bottom: top + LABEL_HEIGHT };
    };
    const places = [
      box(x + AWAY, y - LABEL_HEIGHT / 2),
      box(x - AWAY - width, y - LABEL_HEIGHT / 2),
      box(x - width / 2, y - AWAY - LABEL_HEIGHT),
      box(x - width / 2, y + AWAY),
      box(x + AWAY, y - AWAY - LABEL_HEIGHT),
      box(x - AWAY - width, y - AWAY - LABEL_HEIGHT),
      box(x + AWAY, y + AWAY),
      box(x - AWAY - width, y + AWAY),
    ];
    const place = places[clearestPlace(places, lines, taken)] as Box;
    taken.push(place);
    // Text may be narrower than its box, so it is aligned at the side of its mark.
    const [at, anchor] =
      place.right < x
        ? [place.right, "end"]
        : place.left > x
          ? [place.left, "start"]
          : [(place.left + place.right) / 2, "middle"];
    return `<text class="halo" x="${Math.round(at)}" y="${Math.round(place.bottom - 3)}" text-anchor="${anchor}">${label}</text>`;
  });
}

const around = (x: number, y: number, radius: number): Box => ({
  left: x - radius,
  right: x + radius,
  top: y - radius,
  bottom: y + radius,
});
