// Of all figures those alone that the page draws: the charts' library is the larger part of its script.
export { accuracyPanel, figureSvg, lossPanel } from "../../core/figures/draw/figure.js";
export { type Panel, panelPlot } from "../../core/figures/draw/panel.js";
