import type { Worth } from "../../experiments/index.js";
import { factorText } from "../../experiments/worth/factor-text.js";
import { FEWEST_FOR_MEAN } from "../../statistics/mean-interval.js";
import { type FigureDocument, framed, WIDTH } from "../draw/frame.js";
import { HALO } from "../draw/theme.js";
import { factorPanels } from "./factor-panels.js";
import { learningCurvesPanel } from "./learning-curves.js";
import { divergedMarks } from "./worth-data.js";

const HEADER = 68;
const CURVES = 440;
const BETWEEN = 56;
const FACTORS = 230;

/**
 * The worth of each hint in training pairs: the ladder's learning curves, with arrows of equal error from each network to the one
 * without its hint, and each hint's factor at every number of pairs. It is an SVG document, readable on light and on dark paper.
 */
export function worthSvg(worth: Worth, document: FigureDocument): string {
  const { hints, rounds, curves } = worth;
  const at = hints[0]?.at ?? 0;
  const values = curves.some(({ points }) => points.some(({ tunings }) => tunings)) ? "tunings" : "rounds";
  const band = rounds >= FEWEST_FOR_MEAN ? " band: its 95% interval;" : "";
  const spread = rounds > 1 ? `Line: mean of ${rounds} ${values};${band} dots: the rounds.` : "Line: one round.";
  const lost = curves.some((curve) => divergedMarks(curve).length > 0)
    ? " ×2, in a curve's colour: two rounds diverged there."
    : "";
  const below = HEADER + CURVES + BETWEEN;
  return framed({
    height: below + FACTORS + 6,
    title: "What each hint is worth in training pairs",
    description: hints.map((hint) => `At ${at} training pairs, ${hint.hint}: ${factorText(hint)} the data.`).join(" "),
    content: `<style>${HALO}</style>
<g text-anchor="start" opacity="0.75"><text x="12" y="43">Arrow: without the hint, the same test error takes so many times the training pairs.</text>
<text x="12" y="60">${spread}${lost}</text></g>
<g transform="translate(0,${HEADER})">${learningCurvesPanel(worth, { width: WIDTH, height: CURVES }, document)}</g>
<g text-anchor="start"><text x="12" y="${below - 26}" font-weight="600">Each hint's factor at every number of training pairs</text>
<text x="12" y="${below - 9}" opacity="0.75">1×: worth nothing. Bar: 95% interval. Shaded: more than these numbers of pairs can tell; an arrow is a bound.</text></g>
<g transform="translate(0,${below})">${factorPanels(worth, { width: WIDTH, height: FACTORS }, document)}</g>`,
  });
}
