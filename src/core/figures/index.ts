export { figureCaption } from "./caption.js";
export { compareDifferencesSvg } from "./compare-differences.js";
export { compareErrorsSvg } from "./compare-errors.js";
export { testErrorSvg } from "./errors.js";
export { type FigureOptions, figureSvg } from "./figure.js";
export { type FigureEntry, figuresOf } from "./list.js";
export type { FigureDocument } from "./panel.js";
export { worthSvg } from "./worth.js";
