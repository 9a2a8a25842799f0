import { type LayerKind, made, type None } from "../layer-kind.js";
import { pooled, WINDOW, type WindowOptions, windowInWords, windowOf } from "../windows.js";

/** Max-pooling: the largest value of each window. */
export interface MaxPool {
  readonly kind: "max-pool";
  /** Height and width of the square window. Pixels at the border that do not fill a window are dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** The number of rows and columns added on each side, which never hold the largest value. Default 0, at most half of `size`. */
  readonly padding?: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly "max-pool": MaxPool;
  }
}

const kind: LayerKind<MaxPool> = {
  fields: WINDOW,
  rules: (layer, input) => pooled(layer, "max-pool", input),
  words: (layer) => windowInWords(layer, "max-pool"),
  role: "follows",
};
export default kind;

/**
 * The largest value of each window, like PyTorch's `MaxPool2d`.
 *
 * @param size  height and width of the window
 * @param options  `stride`, default `size`; `padding`, default 0
 * @throws InvalidRequest where an argument is invalid
 */
export const maxPool = (size: number, options: WindowOptions = {}, ...none: None): MaxPool =>
  made("maxPool(size, options)", kind, { kind: "max-pool", ...windowOf(size, options, "maxPool") }, none);
