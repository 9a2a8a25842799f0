import * as Plot from "@observablehq/plot";
import type { PairMeasures } from "../../inspection/index.js";
import { wilsonInterval } from "../../statistics/superiority.js";
import { count, percent } from "../../text/format.js";
import { type FigureDocument, framed, nested, WIDTH } from "../draw/frame.js";
import { plotOf } from "../draw/plot.js";
import { COLORS } from "../draw/theme.js";

const HEADER = 92;
const PANEL = { width: WIDTH / 2, height: 376 };

/** A panel's size, in pixels. */
type PanelSize = Readonly<typeof PANEL>;
const MARGIN = { marginTop: 10, marginRight: 18, marginBottom: 40, marginLeft: 66 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** What the ROC curve shows, in lines. */
export function rocLines({ auc, eer }: PairMeasures): readonly string[] {
  const rates = Number.isNaN(auc.value)
    ? "all pairs have the same right answer"
    : `AUC ${percent(auc.value)}, equal error rate ${percent(eer.value)}`;
  return [`ROC curve: ${rates}.`, "Filled: as the network decides; ring: equal error rate.", "Dashed: chance."];
}

/** What the reliability diagram shows, in lines. */
export function reliabilityLines({ pairs, calibration }: PairMeasures): readonly string[] {
  const { expectedError, bins } = calibration;
  return [
    `Probabilities beside shares of yes: ${bins.length} ${bins.length === 1 ? "bin" : "bins"} of about`,
    `${count(Math.round(pairs / bins.length))} pairs, bar: 95% interval. Off by ${percent(expectedError.error)} on average,`,
    `by chance alone about ${percent(expectedError.byChance)}. Dashed: as it should be.`,
  ];
}

/**
 * The ROC curve of a network's answers, with what it decides and the equal error rate, beside the shares of yes among pairs of similar
 * probabilities. One SVG document, readable on light and on dark paper.
 */
export function answersSvg(measures: PairMeasures, document: FigureDocument): string {
  const { pairs, calibration } = measures;
  const { expectedError, bins } = calibration;
  const [left, right] = [rocLines(measures), reliabilityLines(measures)];
  const texts = left.flatMap((_, i) =>
    [left, right].map((lines, side) => `<text x="${12 + side * PANEL.width}" y="${43 + 17 * i}">${lines[i]}</text>`),
  );
  const place = (x: number) => ({ x, y: HEADER, ...PANEL });
  return framed({
    height: HEADER + PANEL.height,
    title: `What the answers about ${count(pairs)} pairs are worth`,
    description: `Left the ${left[0]} Right the share of yes for each of ${bins.length} bins of probabilities, which differs from the mean probability by ${percent(expectedError.error)} on average.`,
    content: `<g text-anchor="start" opacity="0.75">${texts.join("\n")}</g>
${nested(rocPlot(measures, PANEL, document), place(0))}
${nested(reliabilityPlot(measures, PANEL, document), place(PANEL.width))}`,
  });
}

const axis = (label: string) => ({
  label,
  domain: [0, 1],
  ticks: TICKS,
  tickFormat: (value: number) => `${Math.round(100 * value)}%`,
  grid: true,
});

/** An upright axis' name, in the middle. */
const SIDEWAYS = { labelAnchor: "center", labelArrow: "none", labelOffset: 56 } as const;

const square = { x: "x", y: "y" } as const;
const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];
const diagonal = () =>
  Plot.line(DIAGONAL, { ...square, stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "4 4" });

/** The ROC curve, of that size in pixels. */
export function rocPlot(
  measures: PairMeasures,
  size: PanelSize,
  document: FigureDocument,
): ReturnType<typeof Plot.plot> {
  const { roc, eer, falseAcceptRate, falseRejectRate } = measures;
  const points = roc.map((point) => ({ x: point.falseAcceptRate, y: point.trueAcceptRate }));
  const isTold = !Number.isNaN(eer.value);
  return plotOf({
    ...size,
    ...MARGIN,
    document,
    x: axis("False accepts (of pairs where no is right)"),
    y: { ...axis("True accepts (of pairs where yes is right)"), ...SIDEWAYS },
    marks: [
      diagonal(),
      ...(isTold
        ? [
            Plot.line(points, { ...square, stroke: COLORS.train, strokeWidth: 2, className: "train line" }),
            Plot.dot([{ x: falseAcceptRate, y: 1 - falseRejectRate }], {
              ...square,
              r: 5,
              fill: COLORS.test,
              className: "test area",
            }),
            Plot.dot([{ x: eer.value, y: 1 - eer.value }], {
              ...square,
              r: 7,
              stroke: COLORS.train,
              strokeWidth: 1.75,
              className: "train line",
            }),
          ]
        : [Plot.text(["all pairs have the same right answer"], { frameAnchor: "middle", fontStyle: "italic" })]),
    ],
  });
}

/** The reliability diagram, of that size in pixels. */
export function reliabilityPlot(
  { calibration }: PairMeasures,
  size: PanelSize,
  document: FigureDocument,
): ReturnType<typeof Plot.plot> {
  const points = calibration.bins.map(({ probability, share, pairs }) => {
    const [low, high] = wilsonInterval(Math.round(share * pairs), pairs);
    return { x: probability, y: share, low, high };
  });
  return plotOf({
    ...size,
    ...MARGIN,
    document,
    x: axis("Probability of yes (mean of the bin)"),
    y: { ...axis("Share of pairs where yes is right"), ...SIDEWAYS },
    marks: [
      diagonal(),
      Plot.ruleX(points, {
        x: "x",
        y1: "low",
        y2: "high",
        stroke: COLORS.train,
        strokeWidth: 3,
        strokeOpacity: 0.45,
        className: "train line",
      }),
      Plot.line(points, { ...square, stroke: COLORS.train, strokeWidth: 1.5, className: "train line" }),
      Plot.dot(points, { ...square, r: 4, fill: COLORS.train, className: "train area" }),
    ],
  });
}
