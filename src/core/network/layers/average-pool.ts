import { type LayerKind, made, type None } from "../layer-kind.js";
import { pooled, WINDOW, type WindowOptions, windowInWords, windowOf } from "../windows.js";

/** The mean of each window. */
export interface AveragePool {
  readonly kind: "average-pool";
  /** Height and width of the square window; what is left over at the border is dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** Rows and columns of zeros on each side, which count in the average; default 0, at most half of `size`. */
  readonly padding?: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly "average-pool": AveragePool;
  }
}

const kind: LayerKind<AveragePool> = {
  fields: WINDOW,
  rules: (layer, input) => pooled(layer, "average-pool", input),
  words: (layer) => windowInWords(layer, "average-pool"),
  role: "follows",
};
export default kind;

/**
 * The mean of each window, padding included, like PyTorch's `AvgPool2d`.
 *
 * @param size  height and width of the window
 * @param options  `stride`, default `size`; `padding`, default 0
 * @throws InvalidRequest where it is given what it does not take
 */
export const averagePool = (size: number, options: WindowOptions = {}, ...none: None): AveragePool =>
  made("averagePool(size, options)", kind, { kind: "average-pool", ...windowOf(size, options, "averagePool") }, none);
