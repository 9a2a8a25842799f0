// Only the figures that the page draws: the charts' library is the larger part of its script.

export { type Panel, panelPlot } from "../../core/figures/draw/panel.js";
export { accuracyPanel, figureSvg, lossPanel } from "../../core/figures/reproduce/figure.js";
