import { type LayerKind, made, type None } from "../layer-kind.js";
import { pooled, WINDOW, type WindowOptions, windowInWords, windowOf } from "../windows.js";

/** Average-pooling: the mean of each window. */
export interface AveragePool {
  readonly kind: "average-pool";
  /** Height and width of the square window. Pixels at the border that do not fill a window are dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** The number of rows and columns of zeros on each side. They count in the mean. Default 0, at most half of `size`. */
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
 * @throws InvalidRequest where an argument is invalid
 */
export const averagePool = (size: number, options: WindowOptions = {}, ...none: None): AveragePool =>
  made("averagePool(size, options)", kind, { kind: "average-pool", ...windowOf(size, options, "averagePool") }, none);
