// Only the figures that the page draws: the charts' library is the larger part of its script.

export { type Panel, panelPlot } from "../../core/figures/draw/panel.js";
export {
  answersSvg,
  reliabilityLines,
  reliabilityPlot,
  rocLines,
  rocPlot,
} from "../../core/figures/measures/answers.js";
export { accuracyPanel, figureSvg, lossPanel } from "../../core/figures/reproduce/figure.js";
