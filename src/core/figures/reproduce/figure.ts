import type { Curves } from "../../experiments/shared/curves.js";
import { type FigureDocument, framed, nested } from "../draw/frame.js";
import { isSingle, type Panel, panelPlot } from "../draw/panel.js";
import { curvePoints, shownValues } from "../draw/points.js";
import { formatLoss } from "../draw/ticks.js";
import { key } from "./key.js";

export interface FigureOptions {
  readonly document: FigureDocument;
  readonly title: string;
  /** Its number in the paper; absent for figures that the paper does not have. */
  readonly number?: number;
}

/** A network's curves, and the number of their rounds. */
export interface DrawnNetwork {
  readonly curves: Curves;
  readonly runs: { readonly length: number };
}

const HEIGHT = 330;
const HEADER = 54;
const PANEL = { width: 370, height: HEIGHT - HEADER - 6 };
/** The x of each panel. */
const COLUMNS = [9, 388];

/**
 * Loss and accuracy of an architecture on its training and test pairs after each epoch: the mean over rounds, in a band of one
 * standard deviation to each side. It is an SVG document, readable on light and on dark paper.
 */
export function figureSvg(network: DrawnNetwork, { document, number, title }: FigureOptions): string {
  const heading = number === undefined ? title : `Figure ${number}: ${title}`;
  const panels = [lossPanel(network.curves), accuracyPanel(network.curves)].map((panel, i) =>
    nested(panelPlot(panel, PANEL, document), { x: COLUMNS[i] ?? 0, y: HEADER, ...PANEL }),
  );
  const description = describe(network);
  const content = `${key(network.runs.length, isSingle(network.curves.epoch))}\n${panels.join("\n")}`;
  return framed({ height: HEIGHT, title: heading, description, content });
}

export function lossPanel(curves: Curves): Panel {
  const bounds = { lowest: 0, highest: Number.POSITIVE_INFINITY };
  const train = curvePoints(curves.epoch, curves.trainLoss, bounds);
  const test = curvePoints(curves.epoch, curves.testLoss, bounds);
  const highest = Math.max(0, ...shownValues(train), ...shownValues(test));
  return { label: "Loss (nats per pair)", domain: [0, highest || 1], format: formatLoss, train, test };
}

export function accuracyPanel(curves: Curves): Panel {
  const bounds = { lowest: 0, highest: 100 };
  const train = curvePoints(curves.epoch, curves.trainAccuracy, bounds, 100);
  const test = curvePoints(curves.epoch, curves.testAccuracy, bounds, 100);
  const lowest = Math.min(...shownValues(train), ...shownValues(test));
  // All figures begin at 50%, which a constant answer reaches, so that they compare at a glance. Below that, they begin at 0.
  return { label: "Accuracy (% of pairs)", domain: [lowest < 50 ? 0 : 50, 100], format: String, train, test };
}

/** The figure in a sentence, for people who cannot see it. */
function describe({ curves }: DrawnNetwork): string {
  const last = (values: readonly number[], digits: number, unit = 1) => {
    const value = (values.at(-1) ?? Number.NaN) * unit;
    return Number.isFinite(value) ? value.toFixed(digits) : "not a number";
  };
  return [
    `After epoch ${curves.epoch.at(-1) ?? 0}:`,
    `loss ${last(curves.trainLoss.mean, 3)} on training pairs and ${last(curves.testLoss.mean, 3)} on test pairs,`,
    `accuracy ${last(curves.trainAccuracy.mean, 1, 100)}% and ${last(curves.testAccuracy.mean, 1, 100)}%.`,
  ].join(" ");
}
